package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The network's input, and how a picture becomes one.
 *
 * @param shape height, width, channels
 * @param pictures how pictures are taken in; absent where the number of channels is neither 1 nor 3
 * @param span the shape's place
 */
public record InputSpec(ShapeType.Shape shape, Optional<Pictures> pictures, SourceSpan span) {

    /**
     * How a picture becomes an input.
     *
     * @param method nearest, bilinear or bicubic
     * @param shorterSide what the shorter side is resized to before the centre is cropped; absent for the exact size
     * @param color rgb, bgr or grey
     * @param scaling one for each channel
     */
    public record Pictures(String method, OptionalInt shorterSide, String color, List<Scaling> scaling) {

        public Pictures {
            scaling = List.copyOf(scaling);
        }
    }

    /** What is done with the values 0 to 255 of one channel. */
    public sealed interface Scaling {

        /**
         * {@code x * scale + offset}.
         *
         * @param scale the factor
         * @param offset the summand
         */
        record Linear(double scale, double offset) implements Scaling {}

        /**
         * {@code (x / 255 - mean) / deviation}.
         *
         * @param mean what is subtracted
         * @param deviation what it is divided by
         */
        record Standardised(double mean, double deviation) implements Scaling {}
    }
}
