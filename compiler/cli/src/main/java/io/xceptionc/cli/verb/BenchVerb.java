package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.measure.Benchmark;
import io.xceptionc.cli.measure.BenchmarkReport;
import io.xceptionc.cli.measure.KernelMethod;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.MeasuringOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.Options;

/** Measures how fast a model is. */
final class BenchVerb implements Verb {

    private static final int STAGES = 4;

    @Override
    public Manual manual() {
        return new Manual("bench", MeasuringOptions.WORDS,
                "measures how fast a compiled model is", List.of(
                        "Runs the model on random images, and between that a loop of fused multiply-adds on registers",
                        "alone, which shows what one thread can do at most; that times the threads is the peak.",
                        "GFLOP/s count a multiplication with an addition as two, as many as the layers' definitions",
                        "have. Kernels are listed by method; one that computes with vectors, but was not compiled by",
                        "HotSpot's C2, is warned of.",
                        "A model jar is code: run only those that you trust."),
                "xceptionc bench xception.jar --threads 1 --seconds 10");
    }

    @Override
    public Options options() {
        return MeasuringOptions.all();
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException, IOException {
        MeasuringOptions options = MeasuringOptions.read(arguments);
        Benchmark benchmark = benchmark(options, console);
        options.format().print(new BenchmarkReport(benchmark), console);
        warn(benchmark.slowKernels(), console);
        return ExitCode.FINE;
    }

    private static Benchmark benchmark(MeasuringOptions options, Console console) throws IOException {
        try (CompiledModel model = CompiledModel.open(options.jar(), options.opening());
                Progress progress = console.progress("measuring", STAGES)) {
            return Benchmark.measure(options.jar(), model, options.duration(), progress);
        }
    }

    /** Says which kernels are slower than they can be. */
    static void warn(List<KernelMethod> slow, Console console) {
        if (!slow.isEmpty()) {
            console.message("xceptionc: not compiled by C2: " + slow.stream()
                    .map(kernel -> "%s (%s)".formatted(kernel.name(), kernel.state().label()))
                    .collect(Collectors.joining(", ")) + "; 'xceptionc profile' shows what their steps cost");
        }
    }
}
