package io.xceptionc.compiler.imports;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A network as an author would have written it: the text of a spec, and its weights. The spec, lowered with those weights, is a
 * network that computes the same.
 *
 * <p>
 * What structure the graph has is recognised: separable convolutions, residuals, branches, repeats with fresh and with shared
 * weights, blocks, common attributes. Any graph without cycles can be written; what fits no structure becomes {@code add},
 * {@code concat} and {@code input}.
 *
 * <p>
 * The names of nodes are the names of layers where the language allows them, else made legal and unique. Some names have a
 * meaning: an activation called {@code x_activation} after a convolution {@code x} becomes an attribute of that, and
 * {@code x.depthwise}, {@code x.pointwise} become the separable convolution {@code x}.
 */
public final class ImportedSpec {

    private ImportedSpec() {}

    /**
     * Writes a network.
     *
     * @param graph of operators as {@link io.xceptionc.compiler.lower.Lowering} makes them, nothing fused; tensors with values, if
     *        {@link #writeWeights} is called. Layers share weights if they have the same {@link io.xceptionc.compiler.graph.Tensor}
     * @param settings what the graph does not say
     * @throws InvalidInputException with all that the language cannot express, at the places of the nodes: operators that it has
     *         not, attributes beyond its bounds, weights shared by layers that do not repeat one another, too many layers
     */
    public static ImportedSpec of(Graph graph, ImportSettings settings) throws InvalidInputException {
        throw new UnsupportedOperationException("not yet: " + graph.name() + settings);
    }

    /** The spec, each line ended by a line feed. */
    public String text() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Writes the weights as a safetensors file, tensors in the spec's order; the stream is not closed. */
    public void writeWeights(OutputStream stream) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
