package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.ChannelScales;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Adds the nodes of layers to a graph.
 *
 * @param builder of the graph
 * @param weights of the layers
 * @param activations as the file's version of Keras understands them
 * @param span the file
 * @param taken the names that nodes have
 */
record LayerNodes(
        GraphBuilder builder,
        LayerWeights weights,
        KerasActivations activations,
        SourceSpan span,
        Set<String> taken) {

    LayerNodes(GraphBuilder builder, LayerWeights weights, KerasActivations activations, SourceSpan span) {
        this(builder, weights, activations, span, new HashSet<>(Set.of("input", "output")));
    }

    /** A name that no node has yet. */
    String unique(String name) {
        String candidate = name;
        for (int n = 2; !taken.add(candidate); n++) {
            candidate = name + "_" + n;
        }
        return candidate;
    }

    /** A node of one operator. */
    Optional<Node> add(String name, Op op, List<Node> inputs) {
        return builder.add(name, op, inputs, span);
    }

    /** A node, and one for what the layer's attribute {@code activation} names. */
    Optional<Node> addActivated(KerasLayer layer, String name, Op op, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Optional<Op> activation = activations.named(layer.config().get("activation"));
        Optional<Node> node = add(name, op, inputs);
        return activation.isEmpty() || node.isEmpty()
                ? node
                : add(unique(name + "_activation"), activation.get(), List.of(node.get()));
    }

    /** A node of {@code x * scale + offset} for each channel. */
    Optional<Node> addScaling(String name, FileScaling scaling, Node input) throws CannotImportException {
        List<Linear> channels = scaling.channels();
        boolean scales = channels.stream().anyMatch(channel -> channel.scale() != 1);
        boolean shifts = channels.stream().anyMatch(channel -> channel.offset() != 0);
        if (!scaling.isWithin(Float.MAX_VALUE)) {
            throw new CannotImportException("it computes with numbers that 32 bits cannot say", "");
        }
        if (!scales && !shifts) {
            return Optional.of(input);
        }
        weights.budget().take(2L * channels.size());
        return add(name, ChannelScales.of(vector(scales, name + "/scale", channels, Linear::scale),
                vector(shifts, name + "/offset", channels, Linear::offset)), List.of(input));
    }

    private static Optional<Tensor> vector(boolean wanted, String name, List<Linear> channels,
            ToDoubleFunction<Linear> number) {
        float[] values = new float[wanted ? channels.size() : 0];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = (float) number.applyAsDouble(channels.get(channel));
        }
        return wanted ? Optional.of(Tensor.vector(name, values)) : Optional.empty();
    }
}
