package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.language.Description.Setting;
import io.xceptionc.compiler.language.DocumentAttributes;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import io.xceptionc.compiler.spec.LabelsSpec;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** Reports what the language has words for, but not in such a way or number. */
final class LanguageBounds {

    private static final int MOST_LAYERS = 20_000;
    private static final int MOST_INPUTS = 1000;

    private final ImportSettings settings;
    private final Diagnostics diagnostics;

    LanguageBounds(ImportSettings settings, Diagnostics diagnostics) {
        this.settings = settings;
        this.diagnostics = diagnostics;
    }

    /** Checks the network's input and the number of its layers, among them those of later passes and activations. */
    void checkNetwork(List<Layer> layers) {
        Layer input = layers.getFirst();
        check(DocumentAttributes.SHAPE.name(), DocumentAttributes.SHAPE.type()::read,
                input.type().dimensions().toString(), input.span());
        checkScaling(input.span());
        long count = layers.stream().mapToInt(layer -> layer.activation().isPresent() ? 2 : 1).sum() - 1L;
        if (count > MOST_LAYERS) {
            diagnostics.report(DiagnosticCode.E102, SourceSpan.ofFile(input.span().file()),
                    "the network has " + count + " layers, a spec has at most " + MOST_LAYERS,
                    "import a part of it");
        }
        checkLabels(layers.getLast());
    }

    private void checkScaling(SourceSpan span) {
        List<Linear> scaling = settings.arrays().channels();
        if (!scaling.isEmpty()) {
            check(DocumentAttributes.ARRAY_SCALE.name(), DocumentAttributes.ARRAY_SCALE.type()::read,
                    InputText.text(scaling.stream().map(Linear::scale).toList()), span);
            check(DocumentAttributes.ARRAY_OFFSET.name(), DocumentAttributes.ARRAY_OFFSET.type()::read,
                    InputText.text(scaling.stream().map(Linear::offset).toList()), span);
        }
    }

    private void checkLabels(Layer last) {
        List<String> labels = settings.labels();
        SourceSpan span = last.span();
        labels.stream().filter(label -> !LabelsSpec.isLabel(label)).findFirst()
                .ifPresent(label -> diagnostics.report(DiagnosticCode.E105, span,
                        Quotation.of(label) + " cannot be a label",
                        "use 1 to " + LabelsSpec.LONGEST_LABEL + " printable characters"));
        TensorType type = last.type();
        if (!labels.isEmpty() && (!type.flat() || type.channels() != labels.size())) {
            diagnostics.report(DiagnosticCode.E105, span,
                    "there are " + labels.size() + " labels, but the network yields " + type,
                    "give one label for each number, in its order");
        }
    }

    /** Checks the attributes of a layer. */
    void checkLayer(Layer layer, List<Setting> texts) {
        texts.forEach(setting -> check(setting.attribute().name(), setting.attribute().type()::read, setting.text(),
                layer.span()));
        if (layer.inputs().size() > MOST_INPUTS) {
            diagnostics.report(DiagnosticCode.E102, layer.span(), "node " + Quotation.of(layer.sourceName()) + " reads "
                    + layer.inputs().size() + " values, a layer reads at most " + MOST_INPUTS,
                    "split it in the source");
        }
        if (layer.op() instanceof Flatten flatten && layer.input().type().pixelCount() > 1
                && layer.input().type().channels() > 1
                && flatten.channelsFirst() != settings.convention().flattensChannelsFirst()) {
            NamingConvention other = flatten.channelsFirst() ? NamingConvention.PYTORCH : NamingConvention.KERAS;
            diagnostics.report(DiagnosticCode.E501, layer.span(),
                    "node " + Quotation.of(layer.sourceName()) + " flattens an image as " + other.label()
                            + " does, which a spec with " + settings.convention().label() + " weights cannot say",
                    "import it with " + other.label() + " weights");
        }
    }

    /** Reports layers that share weights without being passes of one repeat. */
    void checkSharing(List<Layer> layers) {
        IdentityHashMap<Tensor, Layer> owners = new IdentityHashMap<>();
        for (Layer layer : layers) {
            for (LayerTensor part : LayerTensor.of(layer.op())) {
                Layer owner = owners.putIfAbsent(part.tensor(), layer);
                if (owner != null && !settings.copiesSharedWeights()) {
                    diagnostics.report(DiagnosticCode.E501, layer.span(),
                            "node " + Quotation.of(layer.sourceName()) + " shares the tensor "
                                    + Quotation.of(part.tensor().name()) + " with " + Quotation.of(owner.sourceName())
                                    + ", but they are no passes of one repeat",
                            "a spec shares weights between passes of a repeat only; let the weights be copied");
                }
            }
        }
    }

    /** Reads a value of an attribute. */
    @FunctionalInterface
    private interface Reader {
        Object read(String name, Value value, Diagnostics diagnostics);
    }

    private void check(String name, Reader reader, String text, SourceSpan span) {
        reader.read(name, value(text, span), diagnostics);
    }

    private static Value value(String text, SourceSpan span) {
        return text.startsWith("[")
                ? new Value.Sequence(Arrays.stream(text.substring(1, text.length() - 1).split(", "))
                        .<Value>map(item -> new Value.Scalar(item, true, span)).toList(), span)
                : new Value.Scalar(text, true, span);
    }
}
