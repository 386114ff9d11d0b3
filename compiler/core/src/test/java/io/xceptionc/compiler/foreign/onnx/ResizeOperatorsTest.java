package io.xceptionc.compiler.foreign.onnx;

import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.model;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.problems;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.onnx.HandmadeOnnx;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of images {@code [n, 2, 4, 4]}. */
class ResizeOperatorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    2, 3     | ''                                              | up_sampling2d(2x3, nearest, half_pixel, half_down)
                    2, 2     | mode=linear                                     | up_sampling2d(2x2, bilinear, half_pixel)
                    0.75, 1  | mode=linear coordinates=pytorch_half_pixel      | resize2d(3x4, bilinear, pytorch_half_pixel)
                    1.5, 1.5 | mode=linear coordinates=align_corners           | resize2d(6x6, bilinear, align_corners)
                    2, 2     | coordinates=asymmetric rounding=floor           | up_sampling2d(2x2, nearest, asymmetric, floor)
                    2, 2     | rounding=ceil                                   | up_sampling2d(2x2, nearest, half_pixel, ceil)
                    1.5, 2   | rounding=floor coordinates=tf_half_pixel_for_nn | resize2d(6x8, nearest, half_pixel, half_up)
                    """)
    void everyRule(String scales, String words, String expected) throws InvalidInputException {
        String line = GraphPrinter.line(read(resize(scales, words), Optional.empty()).graph().output().input());
        assertEquals("up: " + expected, line.substring(0, line.indexOf(" input")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    1.6, 2 | mode=linear | it makes 6.400000095367432 of 4 rows or columns (export the model with sizes (recompute_scale_factor=True in PyTorch))
                    1.6, 2 | mode=linear coordinates=align_corners | it makes 6.400000095367432 of 4 rows or columns (export the model with sizes (recompute_scale_factor=True in PyTorch))
                    2, 2   | mode=cubic  | its mode is 'cubic' (only nearest and linear are known)
                    2, 2   | coordinates=tf_crop_and_resize | its coordinate_transformation_mode is 'tf_crop_and_resize'
                    2, 2   | coordinates=tf_half_pixel_for_nn rounding=ceil | it has tf_half_pixel_for_nn with another nearest_mode than floor
                    """)
    void whatIsRefused(String scales, String words, String reason) {
        assertEquals("m.onnx: error[E501]: cannot import Resize 'up': " + reason, problems(resize(scales, words)));
    }

    @ParameterizedTest
    @CsvSource({"not_larger, 8x8", "not_smaller, 12x12"})
    void proportionsAreKept(String policy, String expected) throws InvalidInputException {
        HandmadeOnnx sizes = HandmadeOnnx.tensor("sizes", 7, 2).with(9,
                ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(8).putLong(12).array());
        byte[] model = model(sizes, HandmadeOnnx.node("Resize", "up", List.of("x", "", "", "sizes"), "y",
                HandmadeOnnx.integers("axes", 2, 3), HandmadeOnnx.text("keep_aspect_ratio_policy", policy)));
        Graph graph = read(model, Optional.empty()).graph();
        assertEquals(expected, graph.output().type().height() + "x" + graph.output().type().width());
    }

    private static byte[] resize(String scales, String words) {
        String[] factors = scales.split(", ", -1);
        float rows = Float.parseFloat(factors[0]);
        float columns = Float.parseFloat(factors[1]);
        List<HandmadeOnnx> attributes = new ArrayList<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            String name = word.substring(0, word.indexOf('=')).replace("coordinates", "coordinate_transformation_mode")
                    .replace("rounding", "nearest_mode");
            attributes.add(HandmadeOnnx.text(name, word.substring(word.indexOf('=') + 1)));
        }
        return model(HandmadeOnnx.floats("scales", List.of(4L), 1, 1, rows, columns), HandmadeOnnx.node("Resize", "up",
                List.of("x", "", "scales"), "y", attributes.toArray(HandmadeOnnx[]::new)));
    }
}
