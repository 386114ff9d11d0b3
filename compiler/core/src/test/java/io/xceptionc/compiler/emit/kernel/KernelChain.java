package io.xceptionc.compiler.emit.kernel;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.Sketch;
import java.util.ArrayList;
import java.util.List;

/** Many steps in one network, so that many sizes cost one compilation: each reads the value before it or the input. */
final class KernelChain {

    /** Around the widths of vectors and blocks. */
    static final List<Integer> CHANNELS = List.of(1, 3, 13, 31, 32, 33, 48, 64, 70);

    final Sketch sketch = new Sketch(1);
    private final List<Node> ends = new ArrayList<>();
    private Node last;

    KernelChain(int height, int width, int channels) {
        last = sketch.input(height, width, channels);
    }

    TensorType type() {
        return last.type();
    }

    Node last() {
        return last;
    }

    int channels() {
        return last.type().channels();
    }

    /** Another step, that reads the one before. */
    KernelChain then(Op op) {
        last = sketch.add(op, last);
        return this;
    }

    /** Another step, that reads the one before and others. */
    KernelChain then(Op op, Node... others) {
        List<Node> inputs = new ArrayList<>(List.of(last));
        inputs.addAll(List.of(others));
        last = sketch.add(op, inputs.toArray(Node[]::new));
        return this;
    }

    /** A step beside the chain, that reads the last one, too. */
    KernelChain beside(Op op) {
        return beside(op, last);
    }

    /** A step beside the chain, that reads what it is given. */
    KernelChain beside(Op op, Node... inputs) {
        ends.add(sketch.add(op, inputs));
        return this;
    }

    /** The whole network, with all its results in one. */
    Graph graph() {
        ends.add(last);
        List<Node> vectors = ends.stream().map(
                end -> end.type().flat() ? end : sketch.add(new GlobalPool2d(Reduction.MAX), end)).toList();
        return sketch.build(vectors.size() == 1
                ? vectors.getFirst()
                : sketch.add(new Concat(), vectors.toArray(Node[]::new)));
    }

    /** The code of each step computes what it should. */
    void assertComputes() {
        Differential.assertComputesUnchanged(graph());
    }

    static Window window(int kernelHeight, int kernelWidth) {
        return new Window(kernelHeight, kernelWidth, 1, 1, 1, 1, Padding.NONE);
    }

    static Window strided(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth) {
        return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, 1, 1, Padding.NONE);
    }

    static Window dilated(int kernelHeight, int kernelWidth, int dilationHeight, int dilationWidth) {
        return new Window(kernelHeight, kernelWidth, 1, 1, dilationHeight, dilationWidth, Padding.NONE);
    }

    static Window same(TensorType image, Window window) {
        return window.withPadding(Padding.same(image.height(), image.width(), window));
    }
}
