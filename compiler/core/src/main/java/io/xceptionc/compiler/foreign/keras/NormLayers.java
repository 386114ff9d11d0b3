package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Layers that divide by what values are together, and those that scale by what was trained.
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/">Keras, normalization layers</a>
 */
final class NormLayers {

    private static final double DEFAULT_EPSILON = 1e-3;
    private static final int DEFAULT_GROUPS = 32;

    /** {@code tf.math.l2_normalize} takes no sum of squares for less than 1e-12, Keras 3 no length. */
    private static final double SHORTEST_LENGTH_BEFORE_3 = 1e-6;
    private static final double SHORTEST_LENGTH = 1e-12;

    private NormLayers() {}

    static Optional<Node> layerNorm(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Attributes attributes = ofChannels(layer, inputs);
        boolean isCentred = !attributes.truth("rms_scaling", false);
        GammaBeta weights = weights(nodes, layer, inputs, attributes.truth("scale", true) || !isCentred,
                attributes.truth("center", true) && isCentred);
        return nodes.add(name,
                new LayerNorm(isCentred, weights, attributes.number("epsilon", DEFAULT_EPSILON)), inputs);
    }

    static Optional<Node> rmsNorm(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Attributes attributes = ofChannels(layer, inputs);
        return nodes.add(name, new LayerNorm(false, weights(nodes, layer, inputs, true, false),
                attributes.number("epsilon", 1e-6)), inputs);
    }

    static Optional<Node> groupNorm(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Attributes attributes = ofChannels(layer, inputs);
        int channels = inputs.getFirst().type().channels();
        int groups = layer.config().get("groups").integer().orElse(DEFAULT_GROUPS);
        if (groups != -1 && (groups < 1 || channels % groups != 0)) {
            throw new CannotImportException("it has " + groups + " groups, its input " + channels + " channels", "");
        }
        GammaBeta weights =
                weights(nodes, layer, inputs, attributes.truth("scale", true), attributes.truth("center", true));
        return nodes.add(name,
                new GroupNorm(groups == -1 || (groups == channels && groups > 1)
                        ? OptionalInt.empty()
                        : OptionalInt.of(groups), weights, attributes.number("epsilon", DEFAULT_EPSILON)),
                inputs);
    }

    static Optional<Node> unitNorm(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        ofChannels(layer, inputs);
        double shortest = nodes.activations().isKeras3() ? SHORTEST_LENGTH : SHORTEST_LENGTH_BEFORE_3;
        return nodes.add(name, new L2Norm(shortest), inputs);
    }

    /** ConvNeXt's, and others of the same name: a factor for each channel. */
    static Optional<Node> layerScale(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        return nodes.add(name, new ChannelScale(weights(nodes, layer, inputs, true, false)), inputs);
    }

    static LayerTranslation adaptivePool(Reduction reduction) {
        return (nodes, layer, name, inputs) -> {
            Attributes attributes = Attributes.of(layer);
            attributes.requireChannelsLast();
            TensorType input = ConvolutionLayers.image(inputs);
            Pair size = attributes.pair("output_size", new Pair(input.height(), input.width()));
            return nodes.add(name, new AdaptivePool2d(reduction, size.height(), size.width()), inputs);
        };
    }

    private static Attributes ofChannels(KerasLayer layer, List<Node> inputs) throws CannotImportException {
        Attributes attributes = Attributes.of(layer);
        attributes.requireLastAxis(-1, inputs.getFirst().type().dimensions().size() + 1);
        return attributes;
    }

    private static GammaBeta weights(LayerNodes nodes, KerasLayer layer, List<Node> inputs, boolean scales,
            boolean shifts) throws CannotImportException, InvalidInputException {
        int channels = inputs.getFirst().type().channels();
        return new GammaBeta(nodes.weights().vectorIf(scales, layer.name(), TensorRole.GAMMA, channels),
                nodes.weights().vectorIf(shifts, layer.name(), TensorRole.BETA, channels));
    }
}
