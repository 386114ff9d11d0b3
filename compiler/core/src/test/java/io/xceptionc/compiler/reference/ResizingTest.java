package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Coordinates;
import io.xceptionc.compiler.graph.op.Resize2d.Extent;
import io.xceptionc.compiler.graph.op.Resize2d.Method;
import io.xceptionc.compiler.graph.op.Resize2d.Rounding;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of ONNX's documentation of Resize. */
class ResizingTest {

    private static final ExactValue TWO_BY_TWO = ExactValue.of(TensorType.image(2, 2, 1), 1, 2, 3, 4);
    private static final ExactValue FOUR_BY_FOUR = ExactValue.of(TensorType.image(4, 4, 1),
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);

    @Test
    void betweenFourByHalfPixels() {
        assertYields(linear(new Extent.Factor(2, 2), Coordinates.HALF_PIXEL), TWO_BY_TWO, 1, 1.25, 1.75, 2, 1.5, 1.75,
                2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4);
    }

    @Test
    void betweenFourWithAlignedCorners() {
        assertYields(linear(new Extent.Factor(2, 2), Coordinates.ALIGN_CORNERS), TWO_BY_TWO, 1, 1.33333333, 1.66666667,
                2, 1.66666667, 2, 2.33333333, 2.66666667, 2.33333333, 2.66666667, 3, 3.33333333, 3, 3.33333333,
                3.66666667, 4);
    }

    @Test
    void theOnlyColumnIsTheFirstOneToPyTorch() {
        assertYields(linear(new Extent.Size(3, 1), Coordinates.PYTORCH_HALF_PIXEL), FOUR_BY_FOUR, 1.66666667, 7,
                12.33333333);
    }

    /** Each row is the one before plus as much as rows are apart. */
    @Test
    void theNearest() {
        assertRows(Coordinates.ALIGN_CORNERS, Rounding.FLOOR, 1, 1, 1, 2, 2, 3, 3, 4);
        assertRows(Coordinates.ASYMMETRIC, Rounding.HALF_UP, 1, 2, 2, 3, 3, 4, 4, 4);
        assertRows(Coordinates.HALF_PIXEL, Rounding.CEIL, 1, 2, 2, 3, 3, 4, 4, 4);
        assertRows(Coordinates.ASYMMETRIC, Rounding.FLOOR, 1, 1, 2, 2, 3, 3, 4, 4);
        assertRows(Coordinates.HALF_PIXEL, Rounding.HALF_DOWN, 1, 1, 2, 2, 3, 3, 4, 4);
    }

    private static void assertRows(Coordinates coordinates, Rounding rounding, double... columns) {
        Resize2d op = new Resize2d(new Extent.Size(8, 8), Method.NEAREST, coordinates, rounding);
        double[] expected = Arrays.stream(columns).map(row -> 4 * (row - 1))
                .flatMap(above -> Arrays.stream(columns).map(column -> above + column)).toArray();
        assertYields(op, FOUR_BY_FOUR, expected);
    }

    /** {@code tf_half_pixel_for_nn}, rounded with the lower one preferred, is half pixels and the next. */
    @Test
    void theNearestAsTensorFlowHasIt() {
        assertYields(
                new Resize2d(new Extent.Size(3, 2), Method.NEAREST, Coordinates.HALF_PIXEL, Rounding.CEIL),
                FOUR_BY_FOUR, 6, 8, 10, 12, 14, 16);
    }

    private static Resize2d linear(Extent extent, Coordinates coordinates) {
        return new Resize2d(extent, Method.BILINEAR, coordinates, Rounding.HALF_UP);
    }

    private static void assertYields(Resize2d op, ExactValue image, double... expected) {
        ExactValue actual = ReferenceInterpreter.apply(op, List.of(image));
        assertEquals(op.outputType(List.of(image.type())), actual.type());
        assertArrayEquals(expected, actual.elements(), 1e-7, Arrays.toString(actual.elements()));
    }
}
