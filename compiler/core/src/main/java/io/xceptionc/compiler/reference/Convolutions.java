package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import java.util.List;
import java.util.stream.IntStream;

/** The operators with kernels: {@code activation(linear(rectify(x)) + bias + residual)}. */
final class Convolutions {

    private static final int PIXELS_AT_ONCE = 8;

    private Convolutions() {}

    static Value apply(Convolution op, List<Value> inputs) {
        Fusion fusion = op.fusion();
        Value x = fusion.rectifiesInput() ? inputs.getFirst().map(element -> Math.max(element, 0)) : inputs.getFirst();
        Value sum = switch (op) {
            case Conv2d conv -> conv2d(conv, x);
            case DepthwiseConv2d depthwise -> depthwise(depthwise, x);
            case SeparableConv2d separable -> pointwise(separable, apply(separable.depthwise(), List.of(x)));
            case Dense dense -> dense(dense, x);
        };
        Value biased = op.bias().map(bias -> Elements.shift(sum, bias)).orElse(sum);
        Value joined = fusion.residual() ? biased.plus(inputs.get(1)) : biased;
        return Elements.activate(fusion.activation(), joined);
    }

    private static Value conv2d(Conv2d op, Value x) {
        double[] kernel = Value.widen(op.kernel());
        int groupChannelsIn = x.channels() / op.groups();
        int groupChannelsOut = op.channelsOut() / op.groups();
        Value y = Value.zeros(Sliding.outputType(op.window(), x, op.channelsOut()));
        Sliding.forEachTap(op.window(), x, y.type(), (outputPixel, tap, inputPixel) -> {
            for (int c = 0; c < x.channels(); c++) {
                int group = c / groupChannelsIn;
                int kernelRow = (tap * groupChannelsIn + c % groupChannelsIn) * op.channelsOut();
                int firstChannel = group * groupChannelsOut;
                y.addProducts(outputPixel, firstChannel, kernel, kernelRow + firstChannel, groupChannelsOut,
                        x.at(inputPixel, c));
            }
        });
        return y;
    }

    private static Value depthwise(DepthwiseConv2d op, Value x) {
        double[] kernel = Value.widen(op.kernel());
        int multiplier = op.multiplier();
        Value y = Value.zeros(Sliding.outputType(op.window(), x, x.channels() * multiplier));
        Sliding.forEachTap(op.window(), x, y.type(), (outputPixel, tap, inputPixel) -> {
            for (int c = 0; c < x.channels(); c++) {
                y.addProducts(outputPixel, c * multiplier, kernel, (tap * x.channels() + c) * multiplier, multiplier,
                        x.at(inputPixel, c));
            }
        });
        return y;
    }

    private static Value pointwise(SeparableConv2d op, Value x) {
        int channelsOut = op.kernel().dimension(3);
        return multiply(x, op.kernel(), TensorType.image(x.height(), x.width(), channelsOut));
    }

    private static Value dense(Dense op, Value x) {
        return multiply(x, op.kernel(), TensorType.vector(op.kernel().dimension(1)));
    }

    /** Each pixel's channels times a matrix {@code [in, out]}, some pixels at once while a row of it is in the cache. */
    private static Value multiply(Value x, Tensor matrix, TensorType outputType) {
        double[] kernel = Value.widen(matrix);
        Value y = Value.zeros(outputType);
        IntStream.range(0, Math.ceilDiv(x.pixelCount(), PIXELS_AT_ONCE)).parallel().forEach(block -> {
            int end = Math.min((block + 1) * PIXELS_AT_ONCE, x.pixelCount());
            for (int c = 0; c < x.channels(); c++) {
                for (int pixel = block * PIXELS_AT_ONCE; pixel < end; pixel++) {
                    y.addProducts(pixel, 0, kernel, c * y.channels(), y.channels(), x.at(pixel, c));
                }
            }
        });
        return y;
    }
}
