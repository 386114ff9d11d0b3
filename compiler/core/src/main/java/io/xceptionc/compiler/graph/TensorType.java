package io.xceptionc.compiler.graph;

import java.util.List;

/**
 * The shape of one value that flows between layers, without the batch: an image {@code [height, width, channels]} or a
 * vector {@code [channels]}, always float32.
 *
 * @param height rows, 1 for a vector
 * @param width columns, 1 for a vector
 * @param channels channels of an image, elements of a vector
 * @param flat whether it is a vector
 */
public record TensorType(int height, int width, int channels, boolean flat) {

    /** The largest number of elements a value may have, so that its bytes are addressed by an {@code int} count. */
    public static final long LARGEST_ELEMENT_COUNT = 1L << 28;

    public TensorType {
        if (height < 1 || width < 1 || channels < 1 || (flat && (height != 1 || width != 1))) {
            throw new IllegalArgumentException("no shape: " + height + " x " + width + " x " + channels);
        }
    }

    /** An image. */
    public static TensorType image(int height, int width, int channels) {
        return new TensorType(height, width, channels, false);
    }

    /** A vector. */
    public static TensorType vector(int length) {
        return new TensorType(1, 1, length, true);
    }

    /** The number of elements. */
    public long elementCount() {
        return (long) height * width * channels;
    }

    /** The number of pixels, 1 for a vector. */
    public int pixelCount() {
        return Math.multiplyExact(height, width);
    }

    /** The same size with other channels. */
    public TensorType withChannels(int count) {
        return new TensorType(height, width, count, flat);
    }

    /** {@code [h, w, c]} or {@code [c]}. */
    public List<Integer> dimensions() {
        return flat ? List.of(channels) : List.of(height, width, channels);
    }

    /** {@code [h, w, c]} or {@code [c]}, as people write it. */
    @Override
    public String toString() {
        return dimensions().toString();
    }
}
