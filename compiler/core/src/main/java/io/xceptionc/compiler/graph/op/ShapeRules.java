package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.runtime.kernel.shared.ChannelOrder;
import java.util.List;

/** The checks that operators make on their inputs. */
public final class ShapeRules {

    /**
     * How many inputs each number of a convolution may be the sum of: every thread holds rows of so many for a few
     * pixels.
     */
    public static final int DEEPEST_PRODUCT = 1 << 20;

    private static final int COLUMNS_OF_PANEL = 32;
    private static final long LARGEST_PACKED_BYTES = Integer.MAX_VALUE;

    private ShapeRules() {}

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

    /** As many inputs for each number of a convolution as a thread has memory for. */
    static void requireDepth(long depth) {
        if (depth > DEEPEST_PRODUCT) {
            throw new ShapeException(DiagnosticCode.E205,
                    "multiplies " + depth + " inputs for each number of its result, more than " + DEEPEST_PRODUCT,
                    "use a smaller kernel, or fewer channels before it", "kernel");
        }
    }

    /** Weights {@code [depth, columns]} that can be packed in one piece, each panel of 32 columns whole. */
    static void requirePackable(long depth, int columns) {
        long bytes = Math.ceilDiv(columns, COLUMNS_OF_PANEL) * (long) COLUMNS_OF_PANEL * Float.BYTES * depth;
        if (bytes > LARGEST_PACKED_BYTES) {
            throw new ShapeException(DiagnosticCode.E205,
                    "has weights [" + depth + ", " + columns + "], which take " + bytes + " bytes as its kernel reads"
                            + " them, more than " + LARGEST_PACKED_BYTES,
                    "put a pooling layer before it, or use fewer units", "units");
        }
    }

    /** As many channels as can be put into another order. */
    static void requireOrderable(int channels) {
        if (channels > ChannelOrder.MOST_CHANNELS) {
            throw new ShapeException(DiagnosticCode.E205,
                    "orders " + channels + " channels, more than " + ChannelOrder.MOST_CHANNELS, "use fewer channels");
        }
    }

    /** A size that a value can have, of the numbers that make it up. */
    static int size(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new ShapeException(DiagnosticCode.E205,
                    "yields " + size + " rows, columns or channels, more than " + Integer.MAX_VALUE,
                    "make its input smaller");
        }
        return (int) size;
    }

    /**
     * The shape of values that are combined element by element: that of one of them, to which all others are brought,
     * whichever it is. A vector is brought to an image as one pixel.
     */
    static TensorType merged(List<TensorType> inputs) {
        for (TensorType whole : inputs) {
            if (inputs.stream().allMatch(input -> isRepeated(input, whole))) {
                return whole;
            }
        }
        inputs.forEach(input -> requireEqual(inputs.getFirst(), input));
        throw new IllegalStateException("equal shapes do not fit: " + inputs);
    }

    /** Whether a value is one of a shape, or one for each channel, each pixel, row or column, or for all. */
    private static boolean isRepeated(TensorType part, TensorType whole) {
        if (whole.flat() && !part.flat()) {
            return false;
        }
        boolean samePixels = part.height() == whole.height() && part.width() == whole.width();
        boolean oneOfPixels = (part.height() == 1 || part.height() == whole.height())
                && (part.width() == 1 || part.width() == whole.width());
        return (part.channels() == whole.channels() && (samePixels || part.pixelCount() == 1))
                || (part.channels() == 1 && oneOfPixels);
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
