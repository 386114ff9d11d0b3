package io.xceptionc.compiler.foreign.onnx;

import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.model;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.problems;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.integer;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.node;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.onnx.HandmadeOnnx;
import io.xceptionc.compiler.graph.op.Activate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallsAndBranchesTest {

    private static HandmadeOnnx function(String name, HandmadeOnnx... nodes) {
        HandmadeOnnx function = new HandmadeOnnx().with(1, name).with(4, "a").with(5, "o").with(10, "own");
        for (HandmadeOnnx node : nodes) {
            function.with(7, node);
        }
        return function;
    }

    private static HandmadeOnnx call(String function, String input, String output) {
        return node(function, "", List.of(input), output).with(7, "own");
    }

    /** A model of opset 17 whose graph is one call, with functions. */
    private static byte[] calling(HandmadeOnnx... functions) {
        HandmadeOnnx graph = new HandmadeOnnx().with(11, HandmadeOnnx.value("x", -1, 2, 4, 4))
                .with(12, HandmadeOnnx.value("y")).with(1, call("Act", "x", "y"));
        HandmadeOnnx model = HandmadeOnnx.model(graph, 17);
        for (HandmadeOnnx function : functions) {
            model.with(25, function);
        }
        return model.toBytes();
    }

    @Test
    void callsBecomeWhatTheFunctionsCompute() throws InvalidInputException {
        byte[] model = calling(function("Twice", node("Relu", "first", List.of("a"), "t"),
                node("Sigmoid", "second", List.of("t"), "o")),
                function("Act", call("Twice", "a", "t"), call("Twice", "t", "o")));
        assertEquals(List.of("RELU", "SIGMOID", "RELU", "SIGMOID"), activations(model));
    }

    private static List<String> activations(byte[] model) throws InvalidInputException {
        return OnnxImportTest.read(model, Optional.empty()).graph().nodes().stream()
                .filter(node -> node.op() instanceof Activate)
                .map(node -> ((Activate) node.op()).activation().kind().name()).toList();
    }

    @Test
    void functionsThatCallThemselvesAreRefused() {
        assertEquals("m.onnx: error[E502]: has functions that call each other deeper than 32 times, or make more than"
                + " 100000 nodes (export it with functions inlined)",
                problems(calling(function("Act", call("Act", "a", "o")))));
    }

    @Test
    void functionsOfAnotherOpsetOrOfTheSameNameAreRefused() {
        HandmadeOnnx other = function("Act", node("Relu", "", List.of("a"), "o")).with(9,
                new HandmadeOnnx().with(2, 13));
        assertEquals("m.onnx: error[E502]: has the function 'Act' of opset 13, and is of another one itself (export it"
                + " with functions inlined)", problems(calling(other)));
        HandmadeOnnx one = function("Act", node("Relu", "", List.of("a"), "o"));
        assertEquals("m.onnx: error[E502]: has two functions called 'Act' (export it with functions inlined)",
                problems(calling(one, one)));
    }

    private static HandmadeOnnx branch(String name, HandmadeOnnx... nodes) {
        HandmadeOnnx graph = new HandmadeOnnx().with(12, HandmadeOnnx.value("o"));
        for (HandmadeOnnx node : nodes) {
            graph.with(1, node);
        }
        return new HandmadeOnnx().with(1, name).with(6, graph).with(20, 5);
    }

    private static HandmadeOnnx choice(String condition) {
        return node("If", "choose", List.of(condition), "y",
                branch("then_branch", node("Relu", "", List.of("x"), "o")),
                branch("else_branch", node("Tanh", "", List.of("x"), "o")));
    }

    @Test
    void theBranchOfAConstantConditionIsTaken() throws InvalidInputException {
        byte[] model = model(node("Shape", "", List.of("x"), "s"), node("Size", "", List.of("s"), "n"),
                node("Cast", "", List.of("n"), "c", integer("to", 9)), choice("c"));
        assertEquals(List.of("RELU"), activations(model));
        assertEquals(List.of("TANH"), activations(model(
                new HandmadeOnnx().with(2, 9).with(8, "c").with(9, new byte[1]), choice("c"))));
    }

    @Test
    void otherConditionsAreRefused() {
        assertEquals("m.onnx: error[E501]: cannot import If 'choose': its condition depends on what the network"
                + " computes (export the model for a fixed size of the input)", problems(model(choice("x"))));
    }

    @Test
    void whatQuantisesValuesIsNamedEachTime() {
        assertEquals("""
                m.onnx: error[E501]: cannot import QuantizeLinear 'first': it computes with whole numbers, which stand \
                for others (only weights may be quantised: import the model that was there before)
                m.onnx: error[E501]: cannot import QuantizeLinear 'second': it computes with whole numbers, which \
                stand for others (only weights may be quantised: import the model that was there before)""",
                problems(model(HandmadeOnnx.floats("s", List.of(), 1),
                        node("QuantizeLinear", "first", List.of("x", "s"), "a"),
                        node("Relu", "", List.of("a"), "b"),
                        node("QuantizeLinear", "second", List.of("b", "s"), "y"))));
    }
}
