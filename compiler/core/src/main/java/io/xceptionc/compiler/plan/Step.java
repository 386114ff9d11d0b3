package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One thing that is done in a run: the nodes that are computed together, where it reads and where it writes.
 *
 * @param nodes what is computed, each but the first from the one before
 * @param computation how
 * @param inputs where the inputs of the first node lie, in the operator's order
 * @param outputs where the value of each node goes
 * @param copiedInputs of a concat, those inputs that do not lie in the result already; else all
 * @param overwrites whether the result takes the place of an input, whose border is clear already
 */
public record Step(
        List<Node> nodes,
        Computation computation,
        List<ImageLayout> inputs,
        List<ImageLayout> outputs,
        List<Boolean> copiedInputs,
        boolean overwrites) {

    public Step {
        nodes = List.copyOf(nodes);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        copiedInputs = List.copyOf(copiedInputs);
    }

    /** The names of its nodes, {@code block2_sepconv2+block2_pool}. */
    public String name() {
        return nodes.stream().map(Node::name).collect(Collectors.joining("+"));
    }

    /** The node that its inputs are of. */
    public Node firstNode() {
        return nodes.getFirst();
    }

    /** The node whose value it yields. */
    public Node node() {
        return nodes.getLast();
    }

    /** What its first node computes. */
    public KernelOp op() {
        return computation.op();
    }

    /** The input whose place the result takes. */
    public Optional<Node> overwritten() {
        return overwrites
                ? IntStream.range(0, inputs.size())
                        .filter(index -> inputs.get(index).byteOffset() == output().byteOffset())
                        .mapToObj(firstNode().inputs()::get).findFirst()
                : Optional.empty();
    }

    /** Of a concat, the inputs that lie in the result already. */
    public List<Node> inputsInPlace() {
        return IntStream.range(0, inputs.size()).filter(index -> !copiedInputs.get(index))
                .mapToObj(firstNode().inputs()::get).toList();
    }

    /** Where its first input lies. */
    public ImageLayout input() {
        return inputs.getFirst();
    }

    /** Where the value of its first node goes. */
    public ImageLayout firstOutput() {
        return outputs.getFirst();
    }

    /** Where its result goes. */
    public ImageLayout output() {
        return outputs.getLast();
    }

    /** The multiplications with an addition, for one image. */
    public long multiplyAccumulates() {
        return nodes.stream()
                .mapToLong(node -> node.op().multiplyAccumulates(node.inputs().stream().map(Node::type).toList()))
                .sum();
    }

    /** The numbers that it has to move for one image: its inputs, its results and its weights, each once. */
    public long movedElements() {
        if (op() instanceof Concat) {
            return 2 * IntStream.range(0, inputs.size()).filter(copiedInputs::get).mapToLong(this::inputElements).sum();
        }
        long read = op() instanceof Input
                ? node().type().elementCount()
                : IntStream.range(0, inputs.size()).mapToLong(this::inputElements).sum();
        return read + nodes.stream().mapToLong(node -> node.type().elementCount()).sum()
                + nodes.stream().flatMap(node -> node.op().tensors().stream()).mapToLong(Tensor::elementCount).sum();
    }

    private long inputElements(int index) {
        return firstNode().inputs().get(index).type().elementCount();
    }
}
