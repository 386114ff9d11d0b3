package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.ResponseNorm;

/** The operators that divide by what values are together. */
final class Norms {

    private Norms() {}

    static ExactValue layerNorm(LayerNorm op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type());
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            normalise(x, y, new Part(pixel, pixel + 1, 0, x.channels()), op.isCentred(), op.epsilon());
        }
        return Elements.channelScale(op.weights(), y);
    }

    static ExactValue groupNorm(GroupNorm op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type());
        int ofGroup = x.channels() / op.groupsOf(x.channels());
        for (int first = 0; first < x.channels(); first += ofGroup) {
            normalise(x, y, new Part(0, x.pixelCount(), first, first + ofGroup), true, op.epsilon());
        }
        return Elements.channelScale(op.weights(), y);
    }

    /** Some channels of some pixels, each from the first to before the last. */
    private record Part(int firstPixel, int lastPixel, int firstChannel, int lastChannel) {

        int count() {
            return (lastPixel - firstPixel) * (lastChannel - firstChannel);
        }
    }

    private static void normalise(ExactValue x, ExactValue y, Part part, boolean isCentred, double epsilon) {
        double mean = isCentred ? sumOfPowers(x, part, 0, 1) / part.count() : 0;
        double root = Math.sqrt(sumOfPowers(x, part, mean, 2) / part.count() + epsilon);
        for (int pixel = part.firstPixel; pixel < part.lastPixel; pixel++) {
            for (int c = part.firstChannel; c < part.lastChannel; c++) {
                y.set(pixel, c, (x.at(pixel, c) - mean) / root);
            }
        }
    }

    private static double sumOfPowers(ExactValue x, Part part, double from, int exponent) {
        double sum = 0;
        for (int pixel = part.firstPixel; pixel < part.lastPixel; pixel++) {
            for (int c = part.firstChannel; c < part.lastChannel; c++) {
                sum += Math.pow(x.at(pixel, c) - from, exponent);
            }
        }
        return sum;
    }

    static ExactValue l2Norm(L2Norm op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type());
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            double length = Math.sqrt(sumOfPowers(x, new Part(pixel, pixel + 1, 0, x.channels()), 0, 2));
            for (int c = 0; c < x.channels(); c++) {
                y.set(pixel, c, x.at(pixel, c) / Math.max(length, op.epsilon()));
            }
        }
        return y;
    }

    static ExactValue responseNorm(ResponseNorm op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type());
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            for (int c = 0; c < x.channels(); c++) {
                int first = Math.max(0, c - (op.size() - 1) / 2);
                int last = Math.min(x.channels(), c + op.size() / 2 + 1);
                double sum = sumOfPowers(x, new Part(pixel, pixel + 1, first, last), 0, 2);
                y.set(pixel, c, x.at(pixel, c) / Math.pow(op.bias() + op.alpha() / op.size() * sum, op.beta()));
            }
        }
        return y;
    }
}
