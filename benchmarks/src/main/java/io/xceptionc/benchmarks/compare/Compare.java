package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.workload.SingleLayer;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The command that measures and tells. */
public final class Compare {

    private static final int FINE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_CALL = 2;

    private final Path root;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * Prepares a run.
     *
     * @param root the project's folder
     * @param out for the tables
     * @param err for progress and problems
     */
    public Compare(Path root, PrintStream out, PrintStream err) {
        this.root = root;
        this.out = out;
        this.err = err;
    }

    /** Runs a command line; returns the exit code. */
    public int run(List<String> words) {
        try {
            CompareOptions options = CompareOptions.parse(words);
            if (options.help()) {
                out.print(CompareOptions.HELP);
                return FINE;
            }
            return run(options);
        } catch (IllegalArgumentException wrong) {
            err.println("compare: " + wrong.getMessage() + "\nsee 'benchmarks/compare --help'");
            return WRONG_CALL;
        } catch (NoSuchFileException missing) {
            err.println("compare: " + missing.getFile() + ": no such file or folder");
            return FAILED;
        } catch (IOException failure) {
            err.println("compare: " + failure.getMessage());
            return FAILED;
        } catch (InvalidInputException problems) {
            err.println("compare: " + problems.getMessage());
            return FAILED;
        }
    }

    private int run(CompareOptions options) throws IOException, InvalidInputException {
        Publication publication = new Publication(root);
        if (options.readme()) {
            publication.requirePlace();
        }
        Path folder = root.resolve("benchmarks/target/comparison");
        Files.createDirectories(folder);
        if (options.layers().isPresent()) {
            return layers(options, folder);
        }
        Comparison comparison = new Measurement(root, folder, options.effort(), err)
                .measure(Conditions.here(options.command()));
        String report = MarkdownReport.of(comparison);
        String chart = ChartReport.of(comparison).svg();
        out.print(report);
        Files.writeString(folder.resolve("comparison.md"), report);
        Files.writeString(folder.resolve("comparison.svg"), chart);
        if (options.readme()) {
            publication.write(report, chart);
        }
        return comparison.passes() ? FINE : FAILED;
    }

    private int layers(CompareOptions options, Path folder) throws IOException, InvalidInputException {
        String name = options.layers().orElseThrow();
        List<LayerTime> times = new LayerMeasurement(folder.resolve("layers"), options.effort(), err)
                .measure(SingleLayer.ALL.stream().filter(layer -> layer.name().startsWith(name)).toList());
        String report = LayerReport.of(times, Conditions.here(options.command()));
        out.print(report);
        Files.writeString(folder.resolve("layers.md"), report);
        return times.stream().allMatch(LayerTime::passes) ? FINE : FAILED;
    }
}
