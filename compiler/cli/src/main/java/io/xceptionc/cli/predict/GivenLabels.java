package io.xceptionc.cli.predict;

import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.ReadFiles;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.PixelRule;
import java.nio.file.Path;
import java.util.List;

/** The names of a model's classes in a file of the user's. */
public final class GivenLabels {

    private GivenLabels() {}

    /**
     * A model's signature with the labels of a file in place of its own.
     *
     * @param given the file, after {@code OUTPUT=} where the model has several outputs
     * @throws UsageException if it does not say which of several outputs is meant
     * @throws InvalidInputException if the file holds no labels, or not one for each class
     */
    public static ModelSignature of(String given, ModelSignature signature)
            throws UsageException, InvalidInputException {
        ModelOutput output = output(given, signature);
        boolean isNamed = given.startsWith(output.name() + "=");
        String file = isNamed ? given.substring(output.name().length() + 1) : given;
        List<String> labels = ReadFiles.labels(Path.of(file));
        boolean isImage = output.kind() == ModelOutput.Kind.IMAGE;
        int count = isImage ? output.shape().getLast() : output.length();
        if (labels.size() != count && !nameClasses(labels, output)) {
            Diagnostics diagnostics = new Diagnostics();
            diagnostics.report(DiagnosticCode.E105, SourceSpan.ofFile(file),
                    "has " + labels.size() + " labels, but "
                            + (signature.hasOneOutput() ? "the network" : "output '" + output.name() + "'") + " yields "
                            + count + (isImage ? " channel" : " number") + (count == 1 ? "" : "s"),
                    isImage && count == 1
                            ? "give one label, that of class 1, or two, of class 0 and class 1"
                            : "give one label for each " + (isImage ? "channel" : "number") + ", in its order");
            diagnostics.throwIfErrors();
        }
        return signature.withLabels(output.name(), labels);
    }

    /**
     * Whether labels are those of the classes that an image of one channel tells apart: two, or as many as its numbers
     * are.
     */
    private static boolean nameClasses(List<String> labels, ModelOutput output) {
        return output.kind() == ModelOutput.Kind.IMAGE && output.shape().getLast() == 1
                && (labels.size() == 2 || output.pixels().equals(PixelRule.NUMBER));
    }

    private static ModelOutput output(String given, ModelSignature signature) throws UsageException {
        if (signature.hasOneOutput()) {
            return signature.outputs().getFirst();
        }
        return signature.outputs().stream().filter(output -> given.startsWith(output.name() + "=")).findFirst()
                .orElseThrow(() -> new UsageException("model '" + signature.name() + "' has "
                        + signature.outputs().size() + " outputs, " + OutputText.names(signature)
                        + "; say whose labels these are: --labels " + signature.outputs().getFirst().name() + "=FILE"));
    }
}
