package io.xceptionc.compiler.foreign.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.format.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeNamesTest {

    private static OnnxNode node(String operator, String name, String... inputs) {
        return new OnnxNode(name, operator, "", List.of(inputs), List.of("y"), Map.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Conv               |                              | block1.rep.0.conv1.weight | block1.rep.0.conv1
            Conv               | sep/depthwise                | sep/depthwise_kernel      | sep.conv1
            Conv               | sep                          | sep/pointwise_kernel      | sep.pointwise
            BatchNormalization | bn                           | stem_bn/gamma             | stem_bn
            Conv               | /block1/rep/rep.0/conv1/Conv | onnx::Conv_137            | block1.rep.0.conv1
            Relu               | /block1/rep/rep.3/Relu       | v                         | block1.rep.3.relu
            Relu               | /Relu_1                      | v                         | relu
            Conv               | /features/0/Conv             | 12                        | features.0
            Softmax            | predictions                  | v                         | predictions
            MaxPool            | 'a b'                        | v                         | maxpool
            MaxPool            |                              | v                         | maxpool
            """)
    void layersAreCalledAfterTheirWeightsOrNodes(String operator, String name, String weights, String expected) {
        assertEquals(expected, new NodeNames().of(node(operator, name == null ? "" : name, "x", weights)));
    }

    @Test
    void noNameIsGivenTwice() {
        NodeNames names = new NodeNames();
        assertEquals(List.of("relu", "relu_2", "relu_3", "input_2"),
                List.of(names.of(node("Relu", "", "x")), names.of(node("Relu", "/Relu", "x")),
                        names.of(node("Relu", "relu", "x")), names.of(node("Conv", "input", "x"))));
    }
}
