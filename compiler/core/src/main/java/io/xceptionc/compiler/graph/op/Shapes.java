package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** The checks that operators make on their inputs. */
public final class Shapes {

    private Shapes() {}

    static void requireCount(List<TensorType> inputs, int count) {
        if (inputs.size() != count) {
            throw new IllegalArgumentException("wants " + count + " inputs, has " + inputs.size());
        }
    }

    static TensorType single(List<TensorType> inputs) {
        requireCount(inputs, 1);
        return inputs.getFirst();
    }

    /** The type must be an image. */
    public static void requireImage(TensorType type) {
        if (type.flat()) {
            throw new ShapeException(DiagnosticCode.E203,
                    "wants an image [height, width, channels], its input is " + type,
                    "move it before the flatten or global pooling layer, or set keepdims there");
        }
    }

    /** The type must be a vector. */
    public static void requireVector(TensorType type) {
        if (!type.flat()) {
            throw new ShapeException(DiagnosticCode.E203, "wants a vector [channels], its input is " + type,
                    "put flatten or global_avg_pool2d before it");
        }
    }

    static void requireChannels(TensorType type, int channels) {
        if (type.channels() != channels) {
            throw new ShapeException(DiagnosticCode.E204,
                    "expects " + channels + " channels, its input has " + type.channels(),
                    "its weights were made for " + channels + " channels");
        }
    }

    static void requireEqual(TensorType expected, TensorType actual) {
        if (!expected.equals(actual)) {
            boolean onlyChannels = expected.withChannels(1).equals(actual.withChannels(1));
            throw new ShapeException(onlyChannels ? DiagnosticCode.E204 : DiagnosticCode.E202,
                    "has inputs of different shapes, " + expected + " and " + actual,
                    onlyChannels
                            ? "give both the same number of filters"
                            : "check stride and padding on both paths, or put a shortcut with the same stride");
        }
    }
}
