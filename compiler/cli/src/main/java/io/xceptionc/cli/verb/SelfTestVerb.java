package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.console.ReportFormat;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.cli.verify.SelfTestProcess;
import io.xceptionc.cli.verify.SelfTestTable;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.SelfTestReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.incubator.vector.FloatVector;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Runs the self-test that a model carries, with every width of vectors that the machine has. */
final class SelfTestVerb implements Verb {

    private static final Option FORMAT = CommonOptions.format();
    private static final Option VECTORS =
            CommonOptions.valued("vectors", "BITS", "only with vectors of 128, 256 or 512 bits");
    private static final List<Integer> WIDTHS = List.of(128, 256, 512);
    private static final int WIDEST = 512;

    @Override
    public Manual manual() {
        return new Manual("selftest", "MODEL.jar [--threads N] [--vectors BITS] [--format table|csv|json]",
                "checks that a compiled model computes rightly on this machine", List.of(
                        "A model jar carries a seed and what a plain interpreter in double precision made of the image",
                        "that is drawn from it, step by step. The model runs on that image until HotSpot's C2 has",
                        "compiled it, with every width of vectors that this machine has, each in a process of its own.",
                        "All results must be equal to the bit, and no error above the jar's tolerance, which is a part",
                        "of the greatest magnitude in a step's result. 64 elements of each step are looked at, and all",
                        "of the last one unless they are many.",
                        "The exit code is 1 if the model fails. A model jar is code: run only those that you trust."),
                "xceptionc selftest xception.jar");
    }

    @Override
    public Options options() {
        return new Options().addOption(CommonOptions.threads()).addOption(VECTORS).addOption(FORMAT);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException, IOException {
        Path jar = arguments.onlyPath("MODEL.jar");
        int threads = CommonOptions.threads(arguments);
        ReportFormat format = arguments.choice(FORMAT, ReportFormat.TABLE);
        int bits = (int) arguments.number(VECTORS, 1, WIDEST).orElse(0);
        if (bits != 0 && !WIDTHS.contains(bits)) {
            throw new UsageException("--vectors is 128, 256 or 512, not " + bits);
        }
        SelfTestTable table;
        if (bits != 0) {
            table = test(jar, OpenOptions.DEFAULT.withThreads(threads).withVectorBits(bits));
        } else {
            List<SelfTestProcess> processes = processes(jar, threads, console);
            SelfTestProcess last = processes.getLast();
            if (last.report().isEmpty()) {
                console.message(last.messages());
                return ExitCode.WRONG_INPUT;
            }
            table = new SelfTestTable(last.model(),
                    processes.stream().map(process -> process.report().orElseThrow()).toList());
        }
        format.print(table, console);
        return verdict(jar, table.reports(), console);
    }

    private static SelfTestTable test(Path jar, OpenOptions opening) {
        try (CompiledModel model = CompiledModel.open(jar, opening)) {
            return new SelfTestTable(model.signature().name(), List.of(model.selfTest()));
        }
    }

    /** Tests a model with each width, until one finds out nothing. */
    private static List<SelfTestProcess> processes(Path jar, int threads, Console console) throws IOException {
        List<Integer> widths =
                WIDTHS.stream().filter(bits -> bits <= FloatVector.SPECIES_PREFERRED.vectorBitSize()).toList();
        List<SelfTestProcess> processes = new ArrayList<>();
        try (Progress progress = console.progress("testing", widths.size())) {
            for (int bits : widths) {
                progress.next("vectors of " + bits + " bits");
                processes.add(SelfTestProcess.run(jar, threads, bits));
                if (processes.getLast().report().isEmpty()) {
                    break;
                }
            }
        }
        return processes;
    }

    private static ExitCode verdict(Path jar, List<SelfTestReport> reports, Console console) {
        List<SelfTestReport> failed = reports.stream().filter(report -> !report.passed()).toList();
        if (failed.isEmpty()) {
            return ExitCode.FINE;
        }
        console.message("xceptionc: " + jar + " fails its self-test" + complaint(failed, reports.size()));
        return ExitCode.WRONG_INPUT;
    }

    private static String complaint(List<SelfTestReport> failed, int count) {
        SelfTestReport first = failed.getFirst();
        String what = first.firstDeparture()
                .map(step -> "; the first step that departs is '" + step + "'")
                .orElse("; its result is not the same in every run");
        if (failed.size() == count && first.firstDeparture().isPresent()) {
            return what + ". Its weights or its code are not those that it was tested with: compile it again";
        }
        return " with vectors of "
                + failed.stream().map(report -> Integer.toString(report.vectorBits())).collect(Collectors.joining(", "))
                + " bits" + what + ". This JVM or this processor computes wrongly: try another JDK 25, and report it";
    }
}
