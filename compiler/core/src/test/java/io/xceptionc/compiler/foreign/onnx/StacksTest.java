package io.xceptionc.compiler.foreign.onnx;

import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.model;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.problems;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.read;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.wholes;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.integer;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.integers;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.node;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.onnx.HandmadeOnnx;
import io.xceptionc.compiler.graph.GraphPrinter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two images {@code [n, 2, 4, 4]} beside each other along a fifth axis. */
class StacksTest {

    private static byte[] stacked(long axis, HandmadeOnnx last) {
        return model(wholes("axis", Long.toString(axis)), node("Relu", "positive", List.of("x"), "r"),
                node("Unsqueeze", "first", List.of("x", "axis"), "a"),
                node("Unsqueeze", "second", List.of("r", "axis"), "b"),
                node("Concat", "stack", List.of("a", "b"), "s", integer("axis", axis)), last);
    }

    private static HandmadeOnnx reduction(String operator, long axis) {
        return node(operator, "last", List.of("s"), "y", integers("axes", axis), integer("keepdims", 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | ReduceMean | average input, positive -> [4, 4, 2]
            2 | ReduceMax  | maximum input, positive -> [4, 4, 2]
            """)
    void theirAxisIsReduced(long axis, String operator, String expected) throws InvalidInputException {
        String line = GraphPrinter.line(
                read(stacked(axis, reduction(operator, axis)), Optional.empty()).graph().output().input());
        assertEquals(expected, line.substring(line.indexOf(": ") + 2).replaceFirst(" +#.*", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    ReduceMean | it reduces the axes [3] of values that are stacked along axis 1 (only the axis along which they are stacked is reduced)
                    """)
    void otherAxesAreRefused(String operator, String message) {
        assertEquals("m.onnx: error[E501]: cannot import " + operator + " 'last': " + message,
                problems(stacked(1, reduction(operator, 3))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    Relu | input 0 has several values along an axis of their own (only a sum, a mean or a maximum over that axis may read them, or what takes one of them)
                    """)
    void othersCannotReadThem(String operator, String message) {
        assertEquals("m.onnx: error[E501]: cannot import " + operator + " 'last': " + message,
                problems(stacked(1, node(operator, "last", List.of("s"), "y"))));
    }
}
