package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.stream.IntStream;

/**
 * A convolution that is wanted, whatever the value that it is then applied to: on a vector it becomes a dense layer,
 * and counts are brought to numbers that fit.
 *
 * @param kind which operator
 * @param filters channels of the result, but for a depthwise convolution
 * @param groups of a conv2d
 * @param multiplier of a depthwise convolution, as half of a separable one, too
 * @param window how the kernel slides
 * @param bias whether it has one
 */
record Linear(Kind kind, int filters, int groups, int multiplier, WindowChoice window, boolean bias) {

    /** The operators. */
    enum Kind {
        CONV2D, DEPTHWISE, SEPARABLE, DEPTHWISE_THEN_POINTWISE
    }

    /** A 1 x 1 convolution. */
    static Linear pointwise(int filters) {
        return new Linear(Kind.CONV2D, filters, 1, 1, new WindowChoice(Window.POINTWISE, WindowChoice.Edge.VALID),
                false);
    }

    /** The same, with a result of the height and width of its input. */
    Linear keepingSize() {
        return new Linear(kind, filters, groups, multiplier, window.keepingSize(), bias);
    }

    /** The same, with as many channels in the result as its input has. */
    Linear withChannelsKept(int channels) {
        return new Linear(kind, channels, groups, 1, window, bias);
    }

    /** Appends the convolution. */
    Node append(Sketch sketch, Node x) {
        return append(sketch, x, x.type().flat() ? Window.POINTWISE : window.over(x.type()));
    }

    /** Appends the convolution, its padding done by an operator before it. */
    Node appendPadded(Sketch sketch, Node x) {
        Window fitting = window.over(x.type());
        return append(sketch, sketch.add(new ZeroPad2d(fitting.padding()), x), fitting.withPadding(Padding.NONE));
    }

    private Node append(Sketch sketch, Node x, Window fitting) {
        if (kind == Kind.DEPTHWISE_THEN_POINTWISE && !x.type().flat()) {
            Node depthwise =
                    sketch.add(sketch.depthwise(x.type().channels(), fittingMultiplier(x.type()), fitting, bias), x);
            return pointwise(filters).append(sketch, depthwise);
        }
        return sketch.add(operator(sketch, x.type(), fitting), x);
    }

    /** The operator itself, for an input of the given type. */
    Convolution operator(Sketch sketch, TensorType input, Window fitting) {
        int channels = input.channels();
        if (input.flat()) {
            return sketch.dense(channels, filters, bias);
        }
        return switch (kind) {
            case CONV2D -> {
                int divisor =
                        IntStream.rangeClosed(1, groups).filter(count -> channels % count == 0).max().orElseThrow();
                yield sketch.conv2d(channels, Math.ceilDiv(filters, divisor) * divisor, fitting, divisor, bias);
            }
            case DEPTHWISE -> sketch.depthwise(channels, fittingMultiplier(input), fitting, bias);
            case SEPARABLE, DEPTHWISE_THEN_POINTWISE ->
                    sketch.separable(channels, fittingMultiplier(input), filters, fitting, bias);
        };
    }

    /** The operator with parts fused into it; in a separable convolution, the first half has its own activation. */
    Convolution fused(Sketch sketch, TensorType input, Fusion fusion, Activation firstActivation) {
        Window fitting = input.flat() ? Window.POINTWISE : window.over(input);
        Convolution linear = operator(sketch, input, fitting);
        if (linear instanceof SeparableConv2d separable) {
            DepthwiseConv2d first = sketch.depthwise(input.channels(), fittingMultiplier(input), fitting, bias);
            linear = separable.withDepthwise(first.withFusion(Fusion.NONE.withActivation(firstActivation)));
        }
        return linear.withFusion(fusion);
    }

    private int fittingMultiplier(TensorType input) {
        return input.channels() * multiplier > Piece.MOST_CHANNELS ? 1 : multiplier;
    }
}
