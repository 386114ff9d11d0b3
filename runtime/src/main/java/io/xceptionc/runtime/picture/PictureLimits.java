package io.xceptionc.runtime.picture;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * How much a picture may cost.
 *
 * @param pixels a picture that has more is refused
 * @param wholePixels a picture that has more is thinned: of every n-th row every n-th pixel is kept, n being the
 *     smallest number that leaves no more than so many. WebP, whose decoders hold a picture whole in any case, is not
 *     thinned
 * @param time decoding that takes longer ends
 */
public record PictureLimits(long pixels, long wholePixels, Duration time) {

    /** 200 million pixels, more than any camera takes; thinned above 50 million; a minute. */
    public static final PictureLimits USUAL = new PictureLimits(200_000_000, 50_000_000, Duration.ofMinutes(1));

    /**
     * Takes them as they are.
     *
     * @throws IllegalArgumentException when one is not positive
     */
    public PictureLimits {
        Objects.requireNonNull(time, "time");
        if (pixels < 1 || wholePixels < 1 || !time.isPositive()) {
            throw new IllegalArgumentException("limits of pictures must be positive: %d pixels, %d whole, %s"
                    .formatted(pixels, wholePixels, time));
        }
    }

    /** Returns these limits with another time. */
    public PictureLimits withTime(Duration other) {
        return new PictureLimits(pixels, wholePixels, other);
    }

    /** Returns these limits with another number of pixels; those that are read are read whole as before. */
    public PictureLimits withPixels(long other) {
        return new PictureLimits(other, wholePixels, time);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
