package io.xceptionc.compiler.foreign.onnx;

import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.model;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.problems;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.onnx.HandmadeOnnx;
import io.xceptionc.compiler.graph.GraphPrinter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of images {@code [n, 2, 4, 4]}; ONNX Runtime yields results of the same sizes. */
class TransposedConvolutionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    2, 3, 2, 2 | strides=2,2                                        | conv2d_transpose(2x2, stride 2x2) input -> [8, 8, 3]
                    2, 3, 3, 3 | strides=2,2 pads=1,0,1,2 output_padding=1,0        | conv2d_transpose(3x3, stride 2x2, padding [1, 1, 0, 2], output padding 1x0) input -> [8, 7, 3]
                    2, 3, 3, 3 | strides=2,2 pads=0,0,-1,0                          | conv2d_transpose(3x3, stride 2x2, output padding 1x0) input -> [10, 9, 3]
                    2, 3, 3, 3 | strides=2,2 auto_pad=SAME_UPPER                    | conv2d_transpose(3x3, stride 2x2, padding [0, 1, 0, 1]) input -> [8, 8, 3]
                    2, 3, 3, 3 | strides=2,2 auto_pad=SAME_LOWER                    | conv2d_transpose(3x3, stride 2x2, padding [1, 0, 1, 0]) input -> [8, 8, 3]
                    2, 3, 3, 3 | strides=2,2 auto_pad=VALID pads=1,1,1,1            | conv2d_transpose(3x3, stride 2x2) input -> [9, 9, 3]
                    2, 3, 3, 3 | strides=2,2 output_shape=6,12                      | conv2d_transpose(3x3, stride 2x2, padding [2, 1, 0, 0], output padding 0x3) input -> [6, 12, 3]
                    2, 3, 3, 3 | strides=2,2 output_shape=1,3,8,9 auto_pad=SAME_UPPER | conv2d_transpose(3x3, stride 2x2, padding [0, 1, 0, 0]) input -> [8, 9, 3]
                    2, 2, 3, 3 | group=2 dilations=2,1                              | conv2d_transpose(3x3, dilation 2x1, groups 2) input -> [8, 6, 4]
                    """)
    void everyRule(String weights, String words, String expected) throws InvalidInputException {
        String line = GraphPrinter.line(read(transposed(weights, words), Optional.empty()).graph().output().input());
        assertEquals("up: " + expected, line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    3, 3, 2, 2 | ''                                      | it has 1 groups and weights [3, 3, 2, 2], its input 2 channels
                    2, 3, 2, 2 | group=3                                 | it has 3 groups and weights [2, 3, 2, 2], its input 2 channels
                    2, 3, 2    | ''                                      | its weights are [2, 3, 2], not [channels, filters / group, height, width] (only convolutions of images are known)
                    2, 3, 2, 2 | pads=-1,0,0,0                           | its pads are negative at the beginning (only at the end rows and columns can be added)
                    2, 3, 2, 2 | output_padding=-1,0                     | its output_padding are [-1, 0], not 2 of 0 to 65536 as for images
                    2, 3, 2, 2 | pads=1,1                                | its pads are [1, 1], not 4 of -65536 to 65536 as for images
                    2, 3, 2, 2 | output_shape=900000,4                   | its output_shape are [900000, 4], not 2 of 0 to 65536 as for images
                    2, 3, 2, 2 | strides=3,3 auto_pad=SAME_UPPER         | its kernel is smaller than its stride, and its auto_pad SAME_UPPER (tools do not agree on what that yields; give it pads and output_padding)
                    2, 3, 2, 2 | auto_pad=SOME                           | its auto_pad is unknown
                    """)
    void whatIsRefused(String weights, String words, String reason) {
        assertEquals("m.onnx: error[E501]: cannot import ConvTranspose 'up': " + reason,
                problems(transposed(weights, words)));
    }

    @Test
    void largeStridesAreRefused() {
        String problems = problems(transposed("2, 3, 2, 2", "strides=65,2"));
        assertEquals(
                "m.onnx: error[E205]: conv2d_transpose 'up' has a stride of 65 x 2, more than 64 (use several layers)",
                problems);
        assertEquals(
                "m.onnx: error[E501]: cannot import ConvTranspose 'up': its strides are [2, 40000], not two of 1 to"
                        + " 32768 as for images",
                problems(transposed("2, 3, 2, 2", "strides=2,40000")));
    }

    private static byte[] transposed(String weights, String words) {
        List<Long> shape = Arrays.stream(weights.split(", ")).map(Long::parseLong).toList();
        float[] values = new float[shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact)];
        List<HandmadeOnnx> attributes = new ArrayList<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            String name = word.substring(0, word.indexOf('='));
            String value = word.substring(word.indexOf('=') + 1);
            attributes.add(switch (name) {
                case "auto_pad" -> HandmadeOnnx.text(name, value);
                case "group" -> HandmadeOnnx.integer(name, Long.parseLong(value));
                default -> HandmadeOnnx.integers(name,
                        Arrays.stream(value.split(",")).mapToLong(Long::parseLong).toArray());
            });
        }
        return model(HandmadeOnnx.floats("w", shape, values), HandmadeOnnx.node("ConvTranspose", "up",
                List.of("x", "w"), "y", attributes.toArray(HandmadeOnnx[]::new)));
    }
}
