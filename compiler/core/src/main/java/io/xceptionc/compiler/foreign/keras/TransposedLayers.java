package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;

/**
 * Transposed convolutions, with TensorFlow's padding.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/convolution2d_transpose/">Keras, Conv2DTranspose</a>
 */
final class TransposedLayers {

    private static final Pair ONE = new Pair(1, 1);

    private TransposedLayers() {}

    static Optional<Node> conv2dTranspose(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException {
        Attributes attributes = Attributes.of(layer);
        attributes.requireChannelsLast();
        TensorType input = ConvolutionLayers.image(inputs);
        Pair kernel = attributes.pair("kernel_size", ONE);
        Pair stride = attributes.pair("strides", ONE);
        Pair dilation = attributes.pair("dilation_rate", ONE);
        Optional<Pair> extra = attributes.pairFromZero("output_padding");
        if (attributes.countOrOne("groups") != 1) {
            throw new CannotImportException("it has groups, which no Keras has for it", "");
        }
        int filters = attributes.count("filters");
        Window window = new Window(kernel.height(), kernel.width(), stride.height(), stride.width(), dilation.height(),
                dilation.width(), Padding.NONE);
        boolean isSame = attributes.padsSame();
        Side rows = side(isSame, window.extentHeight(), stride.height(), extra.map(Pair::height));
        Side columns = side(isSame, window.extentWidth(), stride.width(), extra.map(Pair::width));
        Tensor weights = nodes.weights().kernel(layer.name(), TensorRole.TRANSPOSED_KERNEL,
                List.of(kernel.height(), kernel.width(), input.channels(), filters));
        Optional<Tensor> bias = ConvolutionLayers.bias(nodes, layer, TensorRole.BIAS, filters);
        return nodes.addActivated(layer, name,
                new ConvTranspose2d(window.withPadding(
                        new Padding(rows.before(), rows.after(), columns.before(), columns.after())), rows.extra(),
                        columns.extra(), 1, weights, bias),
                inputs);
    }

    /** What is cut off along an axis, and what is added. */
    private record Side(int before, int after, int extra) {}

    /**
     * Whole, the result has {@code (size - 1) * stride + extent} rows; what it has less is cut off, the odd one at the
     * end.
     */
    private static Side side(boolean isSame, int extent, int stride, Optional<Integer> outputPadding) {
        int behindLastStep = isSame
                ? outputPadding.map(extra -> extent % 2 + extra).orElse(stride)
                : outputPadding.map(extra -> extent + extra).orElse(Math.max(extent, stride));
        int cut = Math.max(extent - behindLastStep, 0);
        return new Side(cut / 2, cut - cut / 2, Math.max(behindLastStep - extent, 0));
    }
}
