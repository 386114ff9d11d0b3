package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Locale;

/**
 * An image of another height and width, {@code [h, w, c] -> [h', w', c]}, float32: rows and columns each from the
 * pixels nearest to their places.
 *
 * @param extent how large the result is
 * @param method how many pixels each is made of
 * @param coordinates where in the image each pixel of the result is
 * @param rounding which pixel is the nearest; of no meaning, and {@link Rounding#HALF_UP}, where pixels are mixed
 * @see <a href="https://onnx.ai/onnx/operators/onnx__Resize.html">ONNX, Resize</a>
 */
public record Resize2d(Extent extent, Method method, Coordinates coordinates, Rounding rounding)
        implements StandaloneOp, CommutesWithChannelScaling {

    public Resize2d {
        rounding = method == Method.BILINEAR ? Rounding.HALF_UP : rounding;
    }

    /** How large the result is. */
    public sealed interface Extent {

        /**
         * So large, whatever the image.
         *
         * @param height rows
         * @param width columns
         */
        record Size(int height, int width) implements Extent {}

        /**
         * So many times as large as the image.
         *
         * @param rows of the result for each of the image
         * @param columns of the result for each of the image
         */
        record Factor(int rows, int columns) implements Extent {}
    }

    /** How many pixels each pixel of the result is made of. */
    public enum Method {
        /** One. */
        NEAREST,
        /** The four around its place, in proportion. */
        BILINEAR;

        /** As the spec language says it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where in the image the middle of a result's pixel is. */
    public enum Coordinates {
        /** Pixels have their middle half a pixel from their edge. */
        HALF_PIXEL,
        /** The same, but the only row or column of a result is at the image's first. */
        PYTORCH_HALF_PIXEL,
        /** The first and the last pixel's middles are those of the image's. */
        ALIGN_CORNERS,
        /** Pixels begin where those of the image do. */
        ASYMMETRIC;

        /** As the spec language says it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which pixel is the nearest. */
    public enum Rounding {
        /** The one before. */
        FLOOR,
        /** The one after. */
        CEIL,
        /** The nearest, of two the one before. */
        HALF_DOWN,
        /** The nearest, of two the one after. */
        HALF_UP;

        /** As the spec language says it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String keyword() {
        return switch (extent) {
            case Extent.Size _ -> "resize2d";
            case Extent.Factor _ -> "up_sampling2d";
        };
    }

    @Override
    public String details() {
        String size = switch (extent) {
            case Extent.Size(int height, int width) -> height + "x" + width;
            case Extent.Factor(int rows, int columns) -> rows + "x" + columns;
        };
        return Details.listed(size, method.word(), coordinates.word(),
                Details.when(method == Method.NEAREST, rounding.word()));
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        return switch (extent) {
            case Extent.Size(int height, int width) -> TensorType.image(height, width, input.channels());
            case Extent.Factor(int rows, int columns) ->
                    TensorType.image(ShapeRules.size((long) input.height() * rows),
                            ShapeRules.size((long) input.width() * columns), input.channels());
        };
    }

    /** All pixels that one is made of have the same channels, and weights that sum up to one. */
    @Override
    public List<Share> shares(List<TensorType> inputs) {
        return List.of(new Share(0, inputs.getFirst().channels(), true));
    }
}
