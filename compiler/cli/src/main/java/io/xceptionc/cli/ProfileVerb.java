package io.xceptionc.cli;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Measures the steps of a model. */
final class ProfileVerb implements Verb {

    private static final Option FORMAT = CommonOptions.format();
    private static final int STAGES = 3;

    @Override
    public Manual manual() {
        return new Manual("profile", "MODEL.jar [--threads N] [--seconds S] [--format table|csv|json]",
                "measures what each step of a compiled model costs", List.of(
                        "Runs the model on random images. Times are medians, for one image. GFLOP/s count a",
                        "multiplication with an addition as two; bytes are inputs, result and weights, each once.",
                        "The times come from Java Flight Recorder: in a program of yours, record the events",
                        "io.xceptionc.Step and io.xceptionc.Inference to have them of your own data.",
                        "A model jar is code: run only those that you trust."),
                "xceptionc profile xception.jar --threads 1");
    }

    @Override
    public Options options() {
        return new Options().addOption(CommonOptions.threads()).addOption(CommonOptions.seconds()).addOption(FORMAT);
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws UsageException, IOException {
        Path jar = arguments.onlyPath("MODEL.jar");
        OpenOptions options = OpenOptions.DEFAULT.withThreads(CommonOptions.threads(arguments));
        Duration duration = CommonOptions.seconds(arguments);
        ReportFormat format = arguments.choice(FORMAT, ReportFormat.TABLE);
        format.print(new ProfileReport(profile(jar, options, duration, console)), console);
        return ExitCode.FINE;
    }

    private static Profile profile(Path jar, OpenOptions options, Duration duration, Console console)
            throws IOException {
        try (CompiledModel model = CompiledModel.open(jar, options);
                Progress progress = console.progress("profiling", STAGES)) {
            return Profile.measure(model, duration, progress);
        }
    }
}
