package io.xceptionc.runtime;

import java.util.List;

/** How the class of a pixel is read from its channels in an image that a model yields. */
public sealed interface PixelRule {

    /** Of several channels: the number of the one with the greatest value, the first of equal ones. */
    PixelRule GREATEST = new Greatest();

    /** Of one channel that is a probability: 1 from 0.5 on, else 0. */
    PixelRule PROBABILITY = new AtLeast(0.5f);

    /** Of one channel that is a logit, whose sigmoid is a probability: 1 from 0 on, else 0. */
    PixelRule LOGIT = new AtLeast(0);

    /** Of one channel that is the number of a class, as argmax yields it: that number. */
    PixelRule NUMBER = new ClassNumber();

    /** The number of the channel with the greatest value, the first of equal ones. */
    record Greatest() implements PixelRule {

        @Override
        public int classOf(float[] values, int first, int channels) {
            int greatest = 0;
            for (int channel = 1; channel < channels; channel++) {
                if (values[first + channel] > values[first + greatest]) {
                    greatest = channel;
                }
            }
            return greatest;
        }

        @Override
        public String toString() {
            return "greatest";
        }
    }

    /**
     * 1 where the one channel is at least so much, else 0.
     *
     * @param threshold finite
     */
    record AtLeast(float threshold) implements PixelRule {

        public AtLeast {
            if (!Float.isFinite(threshold)) {
                throw new IllegalArgumentException("a threshold is finite, not " + threshold);
            }
        }

        @Override
        public int classOf(float[] values, int first, int channels) {
            return values[first] >= threshold ? 1 : 0;
        }

        @Override
        public String toString() {
            return Float.toString(threshold);
        }
    }

    /** The one channel itself, rounded. */
    record ClassNumber() implements PixelRule {

        @Override
        public int classOf(float[] values, int first, int channels) {
            return Math.max(0, Math.round(values[first]));
        }

        @Override
        public String toString() {
            return "number";
        }
    }

    /**
     * The class of a pixel.
     *
     * @param values of an image, {@code [height, width, channels]}
     * @param first the place of the pixel's first channel
     */
    int classOf(float[] values, int first, int channels);

    /** What holds if nothing else is known: the greatest of several channels, and a single one is a probability. */
    static PixelRule of(List<Integer> shape) {
        return shape.getLast() == 1 ? PROBABILITY : GREATEST;
    }

    /**
     * Reads what {@code toString} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static PixelRule parse(String text) {
        return switch (text) {
            case "greatest" -> GREATEST;
            case "number" -> NUMBER;
            default -> new AtLeast(Float.parseFloat(text));
        };
    }
}
