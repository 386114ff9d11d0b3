package io.xceptionc.compiler.foreign.onnx;

import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.model;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.problems;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.read;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.wholes;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.integers;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.node;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.onnx.HandmadeOnnx;
import io.xceptionc.compiler.graph.GraphPrinter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of images {@code [n, 2, 4, 4]}. */
class FactoredAxesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1, 2, 2, 2, 2, 2 | 0, 1, 3, 5, 2, 4 | 1, 8, 2, 2 | space_to_depth(2x2, pytorch) input -> [2, 2, 8]
            1, 2, 2, 2, 2, 2 | 0, 3, 5, 1, 2, 4 | 1, 8, 2, 2 | space_to_depth(2x2, tensorflow) input -> [2, 2, 8]
            1, 2, 1, 4, 4    | 0, 1, 2, 3, 4    | 1, 2, 4, 4 | input([4, 4, 2]) -> [4, 4, 2]
            """)
    void axesThatAreMoved(String cut, String order, String joined, String expected) throws InvalidInputException {
        String line = GraphPrinter.line(read(moved(cut, order, joined), Optional.empty()).graph().output().input());
        assertEquals(expected, line.substring(line.indexOf(": ") + 2).replaceFirst("^input ->", "input([4, 4, 2]) ->"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1, 2, 2, 2, 2, 2 | 0, 1, 5, 3, 2, 4 | 1, 8, 2, 2 | joined
            1, 2, 2, 2, 2, 2 | 0, 3, 1, 5, 2, 4 | 1, 8, 2, 2 | joined
            1, 2, 2, 2, 2, 2 | 0, 1, 3, 5, 4, 2 | 1, 2, 8, 2 | joined
            """)
    void otherOrdersAreRefused(String cut, String order, String joined, String node) {
        assertEquals("m.onnx: error[E501]: cannot import Reshape '" + node + "': it makes [" + joined
                + "] of [1, 2, 2, 2, 2, 2] (of axes that were cut, only a channel shuffle, a pixel shuffle or its reverse"
                + " can be made)", problems(moved(cut, order, joined)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 0, '[0, 1, 1, 0]'", "0, 1, 2, 7, '[0, 1, 2, 7]'"})
    void whatIsNoOrderIsRefused(long first, long second, long third, long fourth, String order) {
        byte[] model = model(wholes("cut", "1, 2, 2, 2, 2, 2"), node("Reshape", "split", List.of("x", "cut"), "s"),
                node("Transpose", "turned", List.of("s"), "y", integers("perm", first, second, third, fourth)));
        assertEquals("m.onnx: error[E501]: cannot import Transpose 'turned': it moves axes to " + order
                + " of [1, 2, 2, 2, 2, 2]", problems(model));
    }

    private static byte[] moved(String cut, String order, String joined) {
        HandmadeOnnx turned = node("Transpose", "turned", List.of("s"), "t",
                integers("perm", Arrays.stream(order.split(", ")).mapToLong(Long::parseLong).toArray()));
        return model(wholes("cut", cut), wholes("sizes", joined), node("Reshape", "split", List.of("x", "cut"), "s"),
                turned, node("Reshape", "joined", List.of("t", "sizes"), "y"));
    }
}
