package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.DiagnosticReport;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.file.OutputFile;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.NetworkOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.ExportReport;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Writes a spec and weights as an ONNX model. */
final class ExportVerb implements Verb {

    private static final Option OUTPUT = Option.builder("o").longOpt("output").hasArg().argName("MODEL.onnx")
            .desc("the ONNX model to make").get();

    @Override
    public Manual manual() {
        return new Manual("export", "SPEC [--weights FILE | --seed N] [OPTION...] -o MODEL.onnx",
                "writes a spec and weights as an ONNX model, for other tools", List.of(
                        "It is the network as the spec says it, float32, before anything is fused. It takes images as",
                        "[batch, channels, height, width]; resizing, scale and offset of pictures are not in it, but what",
                        "the spec computes of raw arrays is: the model takes the arrays that 'predict' takes.",
                        "Without --weights and --seed, weights are drawn from seed 0, the same that 'compile' draws."),
                "xceptionc export xception.yaml --weights xception.safetensors -o xception.onnx");
    }

    @Override
    public Options options() {
        return NetworkOptions.all().addOption(OUTPUT);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException {
        CompilerOptions options = NetworkOptions.read(arguments);
        Path onnx = arguments.path(OUTPUT)
                .orElseThrow(() -> new UsageException("where the model goes is missing: -o MODEL.onnx"));
        OutputFile.requireReplaceable(onnx,
                Stream.concat(Stream.of(options.network().spec()), options.network().weights().stream()).toList());
        try (NetworkFiles files = NetworkFiles.of(options, arguments, console)) {
            report(Compiler.export(files.resolved(options), onnx), arguments, files.shown(options), onnx, console);
        }
        return ExitCode.FINE;
    }

    private static void report(ExportReport report, CommandArguments arguments, CompilerOptions options, Path onnx,
            Console console) throws IOException {
        DiagnosticReport.print(report.warnings(), console);
        console.answer("%s: exported '%s', %s".formatted(onnx, report.model(), Quantities.bytes(Files.size(onnx))));
        console.answer("");
        console.answer("  input    '%s' %s, float32".formatted(report.inputName(), report.inputShape()));
        console.answer("  arrays   " + report.arrays().inWords());
        report.outputs().forEach(
                (name, shape) -> console.answer("  output   '%s' %s, float32".formatted(name, shape)));
        console.answer("  opset    " + report.opset());
        NetworkOptions.weightsLines(arguments, options, Quantities.count(report.parameters(), "parameter"),
                report.weights()).forEach(console::answer);
    }
}
