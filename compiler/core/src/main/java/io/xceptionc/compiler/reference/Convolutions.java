package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The operators with kernels: {@code epilogue(linear(rectify(x)) + bias)}. */
final class Convolutions {

    private Convolutions() {}

    static ExactValue apply(Convolution op, List<ExactValue> inputs) {
        Fusion fusion = op.fusion();
        ExactValue x =
                fusion.rectifiesInput() ? inputs.getFirst().map(element -> Math.max(element, 0)) : inputs.getFirst();
        ExactValue sum = switch (op) {
            case Conv2d conv -> conv2d(conv, x);
            case DepthwiseConv2d depthwise -> depthwise(depthwise, x);
            case SeparableConv2d separable -> pointwise(separable, apply(separable.depthwise(), List.of(x)));
            case Dense dense -> dense(dense, x);
        };
        ExactValue biased = op.bias().map(bias -> Elements.shift(sum, bias)).orElse(sum);
        Iterator<ExactValue> others = inputs.listIterator(1);
        ExactValue result = biased;
        for (Fusion.Stage stage : fusion.epilogue()) {
            result = switch (stage) {
                case Fusion.Stage.AddResidual _ -> result.plus(others.next());
                case Fusion.Stage.Apply(Activation activation) -> Elements.activate(activation, result);
            };
        }
        return result;
    }

    private static ExactValue conv2d(Conv2d op, ExactValue x) {
        double[] kernel = ExactValue.widen(op.kernel());
        int groupChannelsIn = x.channels() / op.groups();
        int groupChannelsOut = op.channelsOut() / op.groups();
        ExactValue y = ExactValue.zeros(Sliding.outputType(op.window(), x, op.channelsOut()));
        Sliding.forEachTap(op.window(), x, y.type(), (outputPixel, tap, inputPixel) -> {
            for (int c = 0; c < x.channels(); c++) {
                int group = c / groupChannelsIn;
                int kernelRow = (tap * groupChannelsIn + c % groupChannelsIn) * op.channelsOut();
                double element = x.at(inputPixel, c);
                for (int o = group * groupChannelsOut; o < (group + 1) * groupChannelsOut; o++) {
                    y.add(outputPixel, o, kernel[kernelRow + o] * element);
                }
            }
        });
        return y;
    }

    private static ExactValue depthwise(DepthwiseConv2d op, ExactValue x) {
        double[] kernel = ExactValue.widen(op.kernel());
        int multiplier = op.multiplier();
        ExactValue y = ExactValue.zeros(Sliding.outputType(op.window(), x, x.channels() * multiplier));
        Sliding.forEachTap(op.window(), x, y.type(), (outputPixel, tap, inputPixel) -> {
            for (int c = 0; c < x.channels(); c++) {
                for (int m = 0; m < multiplier; m++) {
                    double weight = kernel[(tap * x.channels() + c) * multiplier + m];
                    y.add(outputPixel, c * multiplier + m, weight * x.at(inputPixel, c));
                }
            }
        });
        return y;
    }

    private static ExactValue pointwise(SeparableConv2d op, ExactValue x) {
        int channelsOut = op.kernel().dimension(3);
        return multiply(x, op.kernel(), TensorType.image(x.height(), x.width(), channelsOut));
    }

    private static ExactValue dense(Dense op, ExactValue x) {
        return multiply(x, op.kernel(), TensorType.vector(op.kernel().dimension(1)));
    }

    /** Each pixel's channels times a matrix {@code [in, out]}. */
    private static ExactValue multiply(ExactValue x, Tensor matrix, TensorType outputType) {
        double[] kernel = ExactValue.widen(matrix);
        ExactValue y = ExactValue.zeros(outputType);
        IntStream.range(0, x.pixelCount()).parallel().forEach(pixel -> {
            for (int c = 0; c < x.channels(); c++) {
                double element = x.at(pixel, c);
                for (int o = 0; o < y.channels(); o++) {
                    y.add(pixel, o, kernel[c * y.channels() + o] * element);
                }
            }
        });
        return y;
    }
}
