package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.compiler.weights.NamingConvention;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What structures of graphs become, text by text; each text describes its graph. */
class StructureTest {

    private static final Activate RELU = new Activate(Activation.RELU);
    private static final Window THREE = new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1));

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(8, 8, 4);

    private void assertLayers(String expected, Node last) throws IOException, InvalidInputException {
        assertLayers(expected, last, NamingConvention.KERAS);
    }

    private void assertLayers(String expected, Node last, NamingConvention convention)
            throws IOException, InvalidInputException {
        Graph graph = sketch.build(last);
        RoundTrip again = RoundTrip.of(graph, ImportSettings.of(convention));
        String head = "model: sketch\nweights: " + convention.label() + "\ninput: {shape: [8, 8, 4]}\n";
        assertEquals(head + expected, again.text());
        float[] image = RandomGraphs.image(graph);
        assertArrayEquals(ReferenceInterpreter.output(graph, image),
                ReferenceInterpreter.output(again.network().graph(), image));
        assertEquals(RoundTrip.parameterCount(graph), RoundTrip.parameterCount(again.network().graph()));
    }

    private Conv2d pointwise(int channelsIn, int filters) {
        return sketch.conv2d(channelsIn, filters, Window.POINTWISE, 1, false);
    }

    @Test
    void depthwiseThenPointwiseIsSeparable() throws IOException, InvalidInputException {
        Node depthwise = sketch.add("a.conv1", sketch.depthwise(4, 1, THREE, false), input);
        assertLayers("""
                layers:
                  - separable_conv2d: {name: a, filters: 6, kernel: 3, padding: 1, bias: false}
                """, sketch.add("a.pointwise", pointwise(4, 6), depthwise), NamingConvention.PYTORCH);
    }

    @Test
    void aGroupForEachChannelIsDepthwise() throws IOException, InvalidInputException {
        Node depthwise = sketch.add("dw", sketch.conv2d(4, 8, THREE, 4, false), input);
        assertLayers("""
                layers:
                  - separable_conv2d: {name: pw, filters: 6, kernel: 3, padding: same, multiplier: 2, bias: false}
                """, sketch.add("pw", pointwise(8, 6), depthwise));
    }

    @Test
    void batchNormBetweenKeepsHalvesApart() throws IOException, InvalidInputException {
        Node depthwise = sketch.add("dw", sketch.depthwise(4, 1, THREE, false), input);
        Node norm = sketch.add("bn", sketch.batchNorm(4, 1e-3, true, false), depthwise);
        assertLayers("""
                layers:
                  - depthwise_conv2d: {name: dw, kernel: 3, padding: same, bias: false}
                  - batch_norm: {name: bn, center: false}
                  - conv2d: {name: pw, filters: 6, kernel: 1, bias: false}
                """, sketch.add("pw", pointwise(4, 6), norm));
    }

    @Test
    void aDepthwiseConvolutionReadTwiceStaysOne() throws IOException, InvalidInputException {
        Node depthwise = sketch.add("dw", sketch.depthwise(4, 1, THREE, false), input);
        Node pointwise = sketch.add("pw", pointwise(4, 4), depthwise);
        assertLayers("""
                layers:
                  - depthwise_conv2d: {name: dw, kernel: 3, padding: same, bias: false}
                  - residual:
                      name: sum
                      body:
                        - conv2d: {name: pw, filters: 4, kernel: 1, bias: false}
                """, sketch.add("sum", new Add(), depthwise, pointwise));
    }

    @Test
    void aBiasBetweenKeepsHalvesApart() throws IOException, InvalidInputException {
        Node depthwise = sketch.add("dw", sketch.depthwise(4, 1, THREE, true), input);
        assertLayers("""
                layers:
                  - depthwise_conv2d: {name: dw, kernel: 3, padding: same}
                  - conv2d: {name: pw, filters: 6, kernel: 1, bias: false}
                """, sketch.add("pw", pointwise(4, 6), depthwise));
    }

    @Test
    void activationOfTheRightNameIsAnAttribute() throws IOException, InvalidInputException {
        Node first = sketch.add("a_activation", new Softmax(), sketch.add("a", pointwise(4, 4), input));
        Node second = sketch.add("c", RELU, sketch.add("b", pointwise(4, 4), first));
        Node third = sketch.add("d_activation", new Activate(new Activation(Activation.Kind.ELU, 0.5f)),
                sketch.add("d", pointwise(4, 4), second));
        assertLayers("""
                defaults:
                  conv2d: {kernel: 1, bias: false}
                layers:
                  - conv2d: {name: a, filters: 4, activation: softmax}
                  - conv2d: {name: b, filters: 4}
                  - relu: {name: c}
                  - conv2d: {name: d, filters: 4}
                  - elu: {name: d_activation, alpha: 0.5}
                """, third);
    }

    @Test
    void theLongerPathIsTheBody() throws IOException, InvalidInputException {
        Node stem = sketch.add("stem", RELU, input);
        Node shortcut = sketch.add("short", pointwise(4, 4), stem);
        Node body = sketch.add("long2", RELU, sketch.add("long1", pointwise(4, 4), stem));
        assertLayers("""
                defaults:
                  conv2d: {kernel: 1, bias: false}
                layers:
                  - relu: {name: stem}
                  - residual:
                      name: sum
                      body:
                        - conv2d: {name: long1, filters: 4}
                        - relu: {name: long2}
                      shortcut:
                        - conv2d: {name: short, filters: 4}
                """, sketch.add("sum", new Add(), shortcut, body));
    }

    @Test
    void branchesInBranches() throws IOException, InvalidInputException {
        Node a = sketch.add("a", RELU, input);
        Node b = sketch.add("b", new Softmax(), a);
        Node c = sketch.add("c", RELU, a);
        Node inner = sketch.add("inner", new Concat(), b, c);
        Node d = sketch.add("d", pointwise(4, 2), input);
        assertLayers("""
                layers:
                  - branches:
                      name: outer
                      paths:
                        - []
                        - - relu: {name: a}
                          - branches:
                              name: inner
                              paths:
                                - - softmax: {name: b}
                                - - relu: {name: c}
                        - - conv2d: {name: d, filters: 2, kernel: 1, bias: false}
                """, sketch.add("outer", new Concat(), input, inner, d));
    }

    @Test
    void threeSummandsAreBranches() throws IOException, InvalidInputException {
        Node a = sketch.add("a", RELU, input);
        Node b = sketch.add("b", new Softmax(), input);
        assertLayers("""
                layers:
                  - branches:
                      name: sum
                      merge: add
                      paths:
                        - - relu: {name: a}
                        - []
                        - - softmax: {name: b}
                """, sketch.add("sum", new Add(), a, input, b));
    }

    @Test
    void whatIsReadFromOutsideIsNoBranch() throws IOException, InvalidInputException {
        Node a = sketch.add("a", RELU, input);
        Node b = sketch.add("b", new Softmax(), a);
        Node c = sketch.add("c", RELU, input);
        Node first = sketch.add("first", new Add(), b, c);
        assertLayers("""
                layers:
                  - relu: {name: a}
                  - softmax: {name: b}
                  - relu: {name: c, input: input}
                  - add: {name: first, inputs: [b, c]}
                  - concat: {name: second, inputs: [first, a, input]}
                """, sketch.add("second", new Concat(), first, a, input));
    }

    @Test
    void aSumOfAValueWithItself() throws IOException, InvalidInputException {
        Node a = sketch.add("a", RELU, input);
        assertLayers("""
                layers:
                  - relu: {name: a}
                  - add: {name: twice, inputs: [a, a]}
                """, sketch.add("twice", new Add(), a, a));
    }

    @Test
    void aNetworkThatDoesNothing() throws IOException, InvalidInputException {
        assertLayers("""
                layers:
                  - dropout: {name: same}
                """, sketch.add("same", new Activate(Activation.IDENTITY), input));
    }

    @Test
    void paddingIsSaidInTheShortestWay() throws IOException, InvalidInputException {
        Node a = pool("a", 3, 2, new Padding(0, 1, 0, 1), input);
        Node b = pool("b", 3, 1, new Padding(1, 1, 1, 1), a);
        Node c = pool("c", 3, 1, new Padding(0, 0, 2, 2), b);
        Node d = pool("d", 2, 2, new Padding(1, 0, 1, 0), c);
        assertLayers("""
                defaults:
                  max_pool2d: {kernel: 3}
                layers:
                  # to 4 x 4
                  - max_pool2d: {name: a, stride: 2, padding: same}
                  - max_pool2d: {name: b, stride: 1, padding: 1}
                  # to 2 x 6
                  - max_pool2d: {name: c, stride: 1, padding: [0, 2]}
                  # to 1 x 3
                  - max_pool2d: {name: d, kernel: 2, padding: [1, 0, 1, 0]}
                """, d, NamingConvention.PYTORCH);
    }

    private Node pool(String name, int kernel, int stride, Padding padding, Node x) {
        Window window = new Window(kernel, kernel, stride, stride, 1, 1, padding);
        return sketch.add(name, new Pool2d(Reduction.MAX, window, false), x);
    }

    @Test
    void sharedWeightsAreARepeat() throws IOException, InvalidInputException {
        Op conv = pointwise(4, 4);
        Node x = sketch.add("stem", pointwise(4, 4), input);
        for (int i = 1; i <= 3; i++) {
            Node y = sketch.add(i == 1 ? "conv" : "conv@" + i, conv, sketch.add("relu" + i, RELU, x));
            x = sketch.add("sum" + i, new Add(), y, x);
        }
        assertLayers("""
                defaults:
                  conv2d: {kernel: 1, bias: false}
                layers:
                  - conv2d: {name: stem, filters: 4}
                  - repeat: 3
                    weights: shared
                    layers:
                      - residual:
                          name: sum1
                          body:
                            - relu: {name: relu1}
                            - conv2d: {name: conv, filters: 4}
                  - softmax: {name: end}
                """, sketch.add("end", new Softmax(), x));
    }

    @Test
    void aSharedRepeatIsReadByItsFirstPass() throws IOException, InvalidInputException {
        Op conv = pointwise(4, 4);
        Node x = sketch.add("b", conv, sketch.add("a", conv, input));
        Node y = sketch.add("d", new Softmax(), sketch.add("c", RELU, x));
        Node z = sketch.add("e", new Concat(), y, x, input);
        assertLayers("""
                layers:
                  - repeat: 2
                    weights: shared
                    layers: [{conv2d: {name: a, filters: 4, kernel: 1, bias: false}}]
                  - relu: {name: c}
                  - softmax: {name: d}
                  - concat: {name: e, inputs: [d, a, input]}
                """, z);
    }
}
