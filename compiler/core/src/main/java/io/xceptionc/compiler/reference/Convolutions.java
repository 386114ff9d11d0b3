package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The operators with kernels: {@code epilogue(linear(prologue(x)) + bias)}. */
final class Convolutions {

    private static final int PIXELS_AT_ONCE = 8;

    private Convolutions() {}

    static ExactValue apply(Convolution op, List<ExactValue> inputs) {
        Iterator<ExactValue> others = inputs.listIterator(1);
        ExactValue x = applied(op.fusion().prologue(), inputs.getFirst(), others);
        ExactValue sum = switch (op) {
            case Conv2d conv -> conv2d(conv, x);
            case DepthwiseConv2d depthwise -> depthwise(depthwise, x);
            case SeparableConv2d separable -> pointwise(separable, apply(separable.depthwise(), List.of(x)));
            case Dense dense -> dense(dense, x);
        };
        ExactValue biased = op.bias().map(bias -> Elements.shift(sum, bias)).orElse(sum);
        return applied(op.fusion().epilogue(), biased, others);
    }

    private static ExactValue applied(List<Fusion.Stage> stages, ExactValue value, Iterator<ExactValue> others) {
        ExactValue result = value;
        for (Fusion.Stage stage : stages) {
            result = switch (stage) {
                case Fusion.Stage.Scale(Affine constants) -> Elements.affine(constants, result);
                case Fusion.Stage.Gate _ ->
                        Elements.merge(new Multiply(), List.of(result, others.next()), (a, b) -> a * b);
                case Fusion.Stage.AddResidual _ -> result.plus(others.next());
                case Fusion.Stage.Apply(Activation activation) -> Elements.activate(activation, result);
            };
        }
        return result;
    }

    private static ExactValue conv2d(Conv2d op, ExactValue x) {
        return op.groups() == 1 ? ungrouped(op, x) : grouped(op, x);
    }

    private static ExactValue ungrouped(Conv2d op, ExactValue x) {
        TensorType type = Sliding.outputType(op.window(), x, op.channelsOut());
        ProductSums sums = new ProductSums(op.kernel(), type);
        Sliding.forEachTap(op.window(), x, type, (outputPixel, tap, inputPixel) -> {
            for (int c = 0; c < x.channels(); c += ProductSums.ROWS_AT_ONCE) {
                sums.add(outputPixel, tap * x.channels(), x, inputPixel, c);
            }
        });
        return sums.value();
    }

    private static ExactValue grouped(Conv2d op, ExactValue x) {
        double[] kernel = ExactValue.widen(op.kernel());
        int groupChannelsIn = x.channels() / op.groups();
        int groupChannelsOut = op.channelsOut() / op.groups();
        ExactValue y = ExactValue.zeros(Sliding.outputType(op.window(), x, op.channelsOut()));
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

    /** Spreads each pixel of the input by the kernel, tap by tap, and adds up what comes to lie on one another. */
    static ExactValue transposed(ConvTranspose2d op, ExactValue x) {
        double[] kernel = ExactValue.widen(op.kernel());
        Window window = op.window();
        ExactValue y = ExactValue.zeros(op.outputType(List.of(x.type())));
        for (int tap = 0; tap < window.tapCount(); tap++) {
            int top = tap / window.kernelWidth() * window.dilationHeight() - window.padding().top();
            int left = tap % window.kernelWidth() * window.dilationWidth() - window.padding().left();
            for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
                int row = pixel / x.width() * window.strideHeight() + top;
                int column = pixel % x.width() * window.strideWidth() + left;
                if (row >= 0 && row < y.height() && column >= 0 && column < y.width()) {
                    spread(op, kernel, tap, x, pixel, y, row * y.width() + column);
                }
            }
        }
        return op.bias().map(bias -> Elements.shift(y, bias)).orElse(y);
    }

    private static void spread(ConvTranspose2d op, double[] kernel, int tap, ExactValue x, int pixel, ExactValue y,
            int target) {
        int groupChannelsIn = x.channels() / op.groups();
        int groupChannelsOut = y.channels() / op.groups();
        for (int c = 0; c < x.channels(); c++) {
            y.addProducts(target, c / groupChannelsIn * groupChannelsOut, kernel,
                    (tap * x.channels() + c) * groupChannelsOut, groupChannelsOut, x.at(pixel, c));
        }
    }

    private static ExactValue depthwise(DepthwiseConv2d op, ExactValue x) {
        double[] kernel = ExactValue.widen(op.kernel());
        int multiplier = op.multiplier();
        ExactValue y = ExactValue.zeros(Sliding.outputType(op.window(), x, x.channels() * multiplier));
        Sliding.forEachTap(op.window(), x, y.type(), (outputPixel, tap, inputPixel) -> {
            for (int c = 0; c < x.channels(); c++) {
                y.addProducts(outputPixel, c * multiplier, kernel, (tap * x.channels() + c) * multiplier, multiplier,
                        x.at(inputPixel, c));
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

    /**
     * Each pixel's channels times a matrix {@code [in, out]}, some pixels at once while a row of it is in the cache.
     */
    private static ExactValue multiply(ExactValue x, Tensor matrix, TensorType outputType) {
        ProductSums sums = new ProductSums(matrix, outputType);
        IntStream.range(0, Math.ceilDiv(x.pixelCount(), PIXELS_AT_ONCE)).parallel().forEach(block -> {
            int end = Math.min((block + 1) * PIXELS_AT_ONCE, x.pixelCount());
            for (int c = 0; c < x.channels(); c += ProductSums.ROWS_AT_ONCE) {
                for (int pixel = block * PIXELS_AT_ONCE; pixel < end; pixel++) {
                    sums.add(pixel, 0, x, pixel, c);
                }
            }
        });
        return sums.value();
    }
}
