package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.attribute.ShapeType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The network's input, and how a picture and an array become one: a picture becomes an array, and an array the
 * network's input.
 *
 * @param shape height, width, channels
 * @param pictures how pictures are taken in; absent where the number of channels is neither 1 nor 3
 * @param arrays what is computed of arrays, one for each channel; none where they are the network's input as it is
 * @param span the shape's place
 */
public record InputSpec(ShapeType.Shape shape, Optional<Pictures> pictures, List<Scaling> arrays, SourceSpan span) {

    public InputSpec {
        arrays = List.copyOf(arrays);
    }

    /**
     * How a picture becomes an array.
     *
     * @param method nearest, bilinear, plain_bilinear or bicubic
     * @param shorterSide what the shorter side is resized to before the centre is cropped; absent for the exact size
     * @param letterbox the level of the frame around a picture that keeps its aspect; absent where there is none
     * @param color rgb, bgr or grey
     * @param scaling one for each channel
     */
    public record Pictures(
            String method,
            OptionalInt shorterSide,
            OptionalInt letterbox,
            String color,
            List<Scaling> scaling) {

        public Pictures {
            scaling = List.copyOf(scaling);
        }

        /** Without a frame. */
        public Pictures(String method, OptionalInt shorterSide, String color, List<Scaling> scaling) {
            this(method, shorterSide, OptionalInt.empty(), color, scaling);
        }
    }

    /** What is done with the values of one channel, 0 to 255 in a picture. */
    public sealed interface Scaling {

        /** Nothing. */
        Scaling IDENTITY = new Linear(1, 0);

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
