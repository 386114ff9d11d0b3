package io.xceptionc.runtime.image;

/**
 * The value of one channel of an input: {@code scale * level + offset} for a level from 0 to 255.
 *
 * <p>A value is computed in double and rounded to float32 at the end, so that, for example, scale 1 / 127.5 and offset
 * -1 give exactly -1 and 1 at the ends.
 */
public record ChannelScaling(double scale, double offset) {
    /** Levels as they are. */
    public static final ChannelScaling IDENTITY = new ChannelScaling(1, 0);

    private static final int LEVELS = 256;

    /**
     * Takes scale and offset as they are.
     *
     * @throws IllegalArgumentException when the value of a level from 0 to 255 is not finite
     */
    public ChannelScaling {
        if (!Float.isFinite(value(0, scale, offset)) || !Float.isFinite(value(LEVELS - 1, scale, offset))) {
            throw new IllegalArgumentException(
                    "scale %s and offset %s do not give finite values for the levels 0 to 255"
                            .formatted(scale, offset));
        }
    }

    /**
     * Returns the scaling {@code (level / 255 - mean) / deviation}, that is scale {@code 1 / (255 deviation)} and
     * offset {@code -mean / deviation}.
     *
     * <p>Source: torchvision, {@code transforms.ToTensor} followed by {@code transforms.Normalize(mean, std)}.
     *
     * @param mean on the scale 0 to 1
     * @param deviation on the scale 0 to 1, more than 0
     * @throws IllegalArgumentException when the mean is not finite, when the deviation is not finite and more than 0,
     *     or when the value of a level is not finite
     */
    public static ChannelScaling ofMeanAndDeviation(double mean, double deviation) {
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("the mean must be finite, is " + mean);
        }
        if (!(deviation > 0) || deviation == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("the deviation must be finite and more than 0, is " + deviation);
        }
        return new ChannelScaling(1 / (255 * deviation), -mean / deviation);
    }

    /** Returns the scaling that does this one and then another. */
    public ChannelScaling then(ChannelScaling next) {
        return new ChannelScaling(scale * next.scale, offset * next.scale + next.offset);
    }

    /** Returns the values of the levels 0 to 255. */
    float[] table() {
        float[] table = new float[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            table[level] = value(level, scale, offset);
        }
        return table;
    }

    private static float value(int level, double scale, double offset) {
        return (float) (level * scale + offset);
    }
}
