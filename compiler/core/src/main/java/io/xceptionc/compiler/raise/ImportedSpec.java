package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.safetensors.SafetensorsWriter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.language.Description.Setting;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.weights.FileLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as an author would have written it: the text of a spec, and its weights. The spec, lowered with those
 * weights, is a network that computes the same.
 *
 * <p> What structure the graph has is recognised: separable convolutions, residuals, branches, repeats with fresh and
 * with shared weights, blocks, common attributes. Any graph without cycles can be written; what fits no structure
 * becomes {@code add}, {@code concat} and {@code input}.
 *
 * <p> The names of nodes are the names of layers where the language allows them, else made legal and unique; where
 * layers repeat themselves under names that do not count, they get others that do. Some names have a meaning: an
 * activation called {@code x_activation} after a convolution {@code x} becomes an attribute of that, and the halves
 * {@code x.conv1} and {@code x.pointwise} become the separable convolution {@code x}.
 */
public final class ImportedSpec {

    /** A spec is at most so long, in bytes. */
    private static final int LONGEST_TEXT = 1 << 20;

    private final ImportSettings settings;
    private final String text;
    private final Map<String, LayerTensor> tensors;

    private ImportedSpec(ImportSettings settings, String text, Map<String, LayerTensor> tensors) {
        this.settings = settings;
        this.text = text;
        this.tensors = tensors;
    }

    /**
     * Writes a network.
     *
     * @param graph of operators as the lowering of a spec makes them, nothing fused; tensors with values, if {@link
     *        #writeWeights} is called. Layers share weights if they have the same {@link Tensor}
     * @param settings what the graph does not say
     * @throws InvalidInputException with all that the language cannot express, at the places of the nodes: operators
     *         that it has not, attributes beyond its bounds, weights shared by layers that do not repeat one another,
     *         too many layers
     */
    public static ImportedSpec of(Graph graph, ImportSettings settings) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        LayerGraph layerGraph = LayerGraph.of(graph, diagnostics);
        List<Layer> layers = layerGraph.layers();
        diagnostics.throwIfErrors();
        List<Item> items = SharedRuns.fold(Joins.of(layers), layers.getFirst());
        List<Layer> written = items.stream().flatMap(Item::layers).toList();
        Map<Layer, List<Setting>> attributes = LayerSettings.of(written, settings.convention());
        LanguageBounds bounds = new LanguageBounds(settings, diagnostics);
        bounds.checkNetwork(layers);
        written.forEach(layer -> bounds.checkLayer(layer, attributes.get(layer)));
        bounds.checkSharing(written);
        diagnostics.throwIfErrors();

        CommonSettings common = common(written, attributes);
        written.forEach(layer -> attributes.compute(layer,
                (_, all) -> common.remaining(LayerSettings.operator(layer), all)));
        SpecNames names = new SpecNames(items, layers.getFirst(), layerGraph.outputs(), settings.convention());
        Phrasing phrasing = new Phrasing(names, attributes);
        RegularNames.find(phrasing.phrases(items, layers.getFirst()), names.renaming());
        Blocks blocks = Blocks.of(Repeats.fold(phrasing.phrases(items, layers.getFirst())));
        String text = new SpecDocument(graph.name(), graph.input().type(), settings, common, blocks, names.outputs())
                .text();
        requireFitting(text, layers.getFirst().span());
        return new ImportedSpec(settings, text, tensors(written, names, settings));
    }

    private static CommonSettings common(List<Layer> layers, Map<Layer, List<Setting>> settings) {
        Map<Operator, List<List<Setting>>> byOperator = new HashMap<>();
        layers.forEach(layer -> byOperator
                .computeIfAbsent(LayerSettings.operator(layer), _ -> new ArrayList<>()).add(settings.get(layer)));
        return new CommonSettings(byOperator);
    }

    private static Map<String, LayerTensor> tensors(List<Layer> layers, SpecNames names,
            ImportSettings settings) {
        Map<String, LayerTensor> tensors = new LinkedHashMap<>();
        layers.forEach(layer -> LayerTensor.of(layer.op()).forEach(
                tensor -> tensors.put(settings.convention().tensorName(names.of(layer), tensor.role()), tensor)));
        return tensors;
    }

    private static void requireFitting(String text, SourceSpan span) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        int byteCount = text.getBytes(StandardCharsets.UTF_8).length;
        if (byteCount > LONGEST_TEXT) {
            diagnostics.report(DiagnosticCode.E102, SourceSpan.ofFile(span.file()),
                    "the network's spec has " + byteCount + " bytes, a spec has at most " + LONGEST_TEXT,
                    "import a part of it");
        }
        diagnostics.throwIfErrors();
    }

    /** The spec, each line ended by a line feed. */
    public String text() {
        return text;
    }

    /** Writes the weights as a safetensors file, tensors in the spec's order; the stream is not closed. */
    public void writeWeights(OutputStream stream) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        tensors.forEach((name, part) -> {
            FileLayout layout = new FileLayout(settings.convention(), part.role());
            Tensor tensor = part.tensor();
            writer.add(name, ElementType.F32, layout.fileShape(tensor.shape()),
                    () -> layout.toFile(tensor.values(), tensor.shape()));
        });
        writer.writeTo(Channels.newChannel(stream));
    }
}
