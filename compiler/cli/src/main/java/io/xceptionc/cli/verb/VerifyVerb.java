package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.option.BindingArguments;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.cli.verify.LayerVerification;
import io.xceptionc.cli.verify.OutputVerification;
import io.xceptionc.cli.verify.VerificationInput;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Compares what a model computes with an independent reference. */
final class VerifyVerb implements Verb {

    private static final double DEFAULT_TOLERANCE = 1e-4;

    private static final Option INPUT = CommonOptions.valued("input", "INPUT",
            "folder, picture or .npy to run it on; else one image that is drawn");
    private static final Option REFERENCE =
            CommonOptions.valued("reference", "OUT.npy|.npz",
                    "what it must yield for --input, float32 [n, ...]; several by name");
    private static final Option ONNX =
            CommonOptions.valued("onnx", "MODEL.onnx", "it must yield what ONNX Runtime makes of this model");
    private static final Option LAYERS = CommonOptions.valued("layers", "FILE.npz",
            "what layers must yield for --input: arrays by their names");
    private static final Option WEIGHTS =
            CommonOptions.valued("weights", "FILE", "interpret the jar's spec with these weights, layer by layer");
    private static final Option SEED =
            CommonOptions.valued("seed", "N", "the same with weights that are drawn from N");
    private static final Option TOLERANCE = CommonOptions.valued("tolerance", "T",
            "the greatest error, as a part of the scale; 1e-4 if not given");
    private static final List<Option> REFERENCES = List.of(REFERENCE, ONNX, LAYERS, WEIGHTS, SEED);

    @Override
    public Manual manual() {
        return new Manual("verify",
                "MODEL.jar --reference|--onnx|--layers|--weights|--seed VALUE [OPTION...]",
                "compares what a compiled model computes with a reference", List.of(
                        "An error is given as a difference, as a part of the scale, which is the greatest magnitude in the",
                        "reference, and in units of the last place (ULPs) of the reference's float32, where it is worst.",
                        "The exit code is 1 if one is above the tolerance.",
                        "With --layers, --weights or --seed, every step is compared with the layer whose value it yields,",
                        "and the first that departs is named; --weights and --seed say what the model was compiled from:",
                        "a plain interpreter computes the jar's spec in double precision, without fusing any layers.",
                        "--profile and --match are those of 'compile', and should be what the model was compiled with.",
                        "--onnx needs ONNX Runtime, which is not a part of xceptionc; name its jar, as in",
                        "  XCEPTIONC_CLASSPATH=onnxruntime-1.29.0.jar xceptionc verify ...",
                        "A model jar is code: run only those that you trust."),
                "xceptionc verify xception.jar --input in.npy --reference out.npy");
    }

    @Override
    public Options options() {
        Options options = new Options().addOption(INPUT);
        REFERENCES.forEach(options::addOption);
        return BindingArguments.addTo(options).addOption(TOLERANCE).addOption(CommonOptions.threads())
                .addOption(CommonOptions.arrays());
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException {
        Path jar = arguments.onlyPath("MODEL.jar");
        double tolerance = tolerance(arguments);
        requireOneReference(arguments);
        BindingOptions binding = BindingArguments.read(arguments, WEIGHTS);
        OpenOptions opening = CommonOptions.opening(arguments);
        try (CompiledModel model = CompiledModel.open(jar, opening)) {
            VerificationInput input = VerificationInput.of(model, arguments.path(INPUT));
            Optional<Path> reference = arguments.path(REFERENCE);
            Optional<Path> onnx = arguments.path(ONNX);
            if (reference.isPresent() || onnx.isPresent()) {
                OutputVerification outputs = new OutputVerification(model, input, tolerance);
                return reference.isPresent()
                        ? outputs.against(reference.get(), console)
                        : outputs.againstOnnx(onnx.get(), console);
            }
            LayerVerification layers = new LayerVerification(jar, model, input.single(), tolerance);
            Optional<Path> arrays = arguments.path(LAYERS);
            return arrays.isPresent()
                    ? layers.against(arrays.get(), console)
                    : layers.againstInterpreter(arguments.path(WEIGHTS), binding,
                            arguments.number(SEED, Long.MIN_VALUE, Long.MAX_VALUE).orElse(0), console);
        }
    }

    private static void requireOneReference(CommandArguments arguments) throws UsageException {
        List<String> given = REFERENCES.stream().filter(arguments::has).map(CommandArguments::name).toList();
        if (given.isEmpty()) {
            throw new UsageException("what to compare with is missing: "
                    + String.join(", ", REFERENCES.stream().map(CommandArguments::name).toList()));
        }
        if (given.size() > 1) {
            throw new UsageException(String.join(" and ", given) + " exclude each other");
        }
        if (!arguments.has(INPUT) && Stream.of(REFERENCE, LAYERS).anyMatch(arguments::has)) {
            throw new UsageException(given.getFirst() + " needs the input that it belongs to: --input IN.npy");
        }
    }

    private static double tolerance(CommandArguments arguments) throws UsageException {
        Optional<String> text = arguments.text(TOLERANCE);
        try {
            double tolerance = text.map(Double::parseDouble).orElse(DEFAULT_TOLERANCE);
            if (tolerance >= 0 && tolerance < 1) {
                return tolerance;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new UsageException(
                "--tolerance is a number from 0 to 1, as 1e-4, not " + Quotation.of(text.orElseThrow()));
    }
}
