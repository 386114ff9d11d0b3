package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Reduction;
import java.util.List;

/** The operators that sum images up. */
final class Pools {

    private Pools() {}

    static ExactValue pool(Pool2d op, ExactValue x) {
        TensorType outputType = Sliding.outputType(op.window(), x, x.channels());
        return switch (op.reduction()) {
            case MAX -> maximum(op, x, outputType);
            case MEAN -> mean(op, x, outputType);
        };
    }

    private static ExactValue maximum(Pool2d op, ExactValue x, TensorType outputType) {
        ExactValue y = ExactValue.filled(outputType, Double.NEGATIVE_INFINITY);
        Sliding.forEachTap(op.window(), x, outputType, (outputPixel, _, inputPixel) -> {
            for (int c = 0; c < x.channels(); c++) {
                y.set(outputPixel, c, Math.max(y.at(outputPixel, c), x.at(inputPixel, c)));
            }
        });
        return y;
    }

    private static ExactValue mean(Pool2d op, ExactValue x, TensorType outputType) {
        ExactValue sum = ExactValue.zeros(outputType);
        int[] tapsInImage = new int[outputType.pixelCount()];
        Sliding.forEachTap(op.window(), x, outputType, (outputPixel, _, inputPixel) -> {
            tapsInImage[outputPixel]++;
            for (int c = 0; c < x.channels(); c++) {
                sum.set(outputPixel, c, sum.at(outputPixel, c) + x.at(inputPixel, c));
            }
        });
        ExactValue y = ExactValue.zeros(outputType);
        for (int pixel = 0; pixel < y.pixelCount(); pixel++) {
            int count = op.countsPadding() ? op.window().tapCount() : tapsInImage[pixel];
            for (int c = 0; c < y.channels(); c++) {
                y.set(pixel, c, sum.at(pixel, c) / count);
            }
        }
        return y;
    }

    static ExactValue globalPool(GlobalPool2d op, ExactValue x) {
        ExactValue y = ExactValue.zeros(op.outputType(List.of(x.type())));
        for (int c = 0; c < x.channels(); c++) {
            double maximum = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
                maximum = Math.max(maximum, x.at(pixel, c));
                sum += x.at(pixel, c);
            }
            y.set(0, c, op.reduction() == Reduction.MAX ? maximum : sum / x.pixelCount());
        }
        return y;
    }

    /** Each part of the image as one pixel. */
    static ExactValue adaptivePool(AdaptivePool2d op, ExactValue x) {
        TensorType type = op.outputType(List.of(x.type()));
        ExactValue y = ExactValue.zeros(type);
        for (int pixel = 0; pixel < type.pixelCount(); pixel++) {
            int row = pixel / type.width();
            int column = pixel % type.width();
            for (int c = 0; c < x.channels(); c++) {
                double maximum = Double.NEGATIVE_INFINITY;
                double sum = 0;
                int count = 0;
                for (int h = row * x.height() / op.height(); h * op.height() < (row + 1) * x.height(); h++) {
                    for (int w = column * x.width() / op.width(); w * op.width() < (column + 1) * x.width(); w++) {
                        double element = x.at(h * x.width() + w, c);
                        maximum = Math.max(maximum, element);
                        sum += element;
                        count++;
                    }
                }
                y.set(pixel, c, op.reduction() == Reduction.MAX ? maximum : sum / count);
            }
        }
        return y;
    }

    /** The channels of each pixel as one. */
    static ExactValue reduceChannels(ReduceChannels op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type().withChannels(1));
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            double sum = 0;
            int greatest = 0;
            for (int c = 0; c < x.channels(); c++) {
                sum += x.at(pixel, c);
                greatest = x.at(pixel, c) > x.at(pixel, greatest) ? c : greatest;
            }
            y.set(pixel, 0, switch (op.kind()) {
                case MEAN -> sum / x.channels();
                case MAX -> x.at(pixel, greatest);
                case ARGMAX -> greatest;
            });
        }
        return y;
    }
}
