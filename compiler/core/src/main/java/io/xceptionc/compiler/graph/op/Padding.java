package io.xceptionc.compiler.graph.op;

import java.util.List;

/**
 * Rows and columns added around an image.
 *
 * @param top rows above
 * @param bottom rows below
 * @param left columns before
 * @param right columns after
 */
public record Padding(int top, int bottom, int left, int right) {

    /** None. */
    public static final Padding NONE = new Padding(0, 0, 0, 0);

    public Padding {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new IllegalArgumentException("padding is never negative");
        }
    }

    /**
     * TensorFlow's {@code SAME}: as much as makes {@code output = ceil(input / stride)}, the odd row and column at the
     * end.
     *
     * @see <a href="https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2">TensorFlow, notes on padding</a>
     */
    public static Padding same(int height, int width, Window window) {
        int rows = sameTotal(height, window.strideHeight(), window.extentHeight());
        int columns = sameTotal(width, window.strideWidth(), window.extentWidth());
        return new Padding(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
    }

    private static int sameTotal(int size, int stride, int extent) {
        return Math.toIntExact(Math.max((Math.ceilDiv(size, stride) - 1L) * stride + extent - size, 0));
    }

    /** Both together. */
    public Padding plus(Padding other) {
        return new Padding(top + other.top, bottom + other.bottom, left + other.left, right + other.right);
    }

    /** Top, bottom, left and right, for people. */
    String details() {
        return List.of(top, bottom, left, right).toString();
    }
}
