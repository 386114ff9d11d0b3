package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.measure.ProfileReport;
import io.xceptionc.cli.measure.StepCosts;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.MeasuringOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Measures the steps of a model. */
final class ProfileVerb implements Verb {

    private static final int STAGES = 3;

    @Override
    public Manual manual() {
        return new Manual("profile", MeasuringOptions.WORDS,
                "measures what each step of a compiled model costs", List.of(
                        "Runs the model on random images. Times are medians, for one image. GFLOP/s count a",
                        "multiplication with an addition as two, as many as a layer's definition has: squares take",
                        "fewer (multiplySquares). Bytes are inputs, result and weights, each once.",
                        "The times come from Java Flight Recorder: in a program of yours, record the events",
                        "io.xceptionc.Step and io.xceptionc.Inference to have them of your own data.",
                        "A model jar is code: run only those that you trust."),
                "xceptionc profile xception.jar --threads 1");
    }

    @Override
    public Options options() {
        return MeasuringOptions.all();
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException, IOException {
        MeasuringOptions options = MeasuringOptions.read(arguments);
        options.format().print(new ProfileReport(profile(options, console)), console);
        return ExitCode.FINE;
    }

    private static StepCosts profile(MeasuringOptions options, Console console) throws IOException {
        try (CompiledModel model = CompiledModel.open(options.jar(), options.opening());
                Progress progress = console.progress("profiling", STAGES)) {
            return StepCosts.measure(model, options.duration(), progress);
        }
    }
}
