package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One thing that is done in a run: a node, where it reads and where it writes.
 *
 * @param node what is computed
 * @param computation how
 * @param inputs where its inputs lie, in the operator's order
 * @param output where its result goes
 * @param copiedInputs of a concat, those inputs that do not lie in the result already; else all
 * @param overwrites whether the result takes the place of an input, whose border is clear already
 */
public record Step(
        Node node,
        Computation computation,
        List<ImageLayout> inputs,
        ImageLayout output,
        List<Boolean> copiedInputs,
        boolean overwrites) {

    public Step {
        inputs = List.copyOf(inputs);
        copiedInputs = List.copyOf(copiedInputs);
    }

    /** Its operator. */
    public KernelOp op() {
        return computation.op();
    }

    /** The input whose place the result takes. */
    public Optional<Node> overwritten() {
        return overwrites
                ? IntStream.range(0, inputs.size())
                        .filter(index -> inputs.get(index).byteOffset() == output.byteOffset())
                        .mapToObj(node.inputs()::get).findFirst()
                : Optional.empty();
    }

    /** Of a concat, the inputs that lie in the result already. */
    public List<Node> inputsInPlace() {
        return IntStream.range(0, inputs.size()).filter(index -> !copiedInputs.get(index))
                .mapToObj(node.inputs()::get).toList();
    }

    /** Where its first input lies. */
    public ImageLayout input() {
        return inputs.getFirst();
    }

    /** The numbers that it has to move for one image: its inputs, its result and its weights, each once. */
    public long movedElements() {
        if (op() instanceof Concat) {
            return 2 * IntStream.range(0, inputs.size()).filter(copiedInputs::get).mapToLong(this::inputElements).sum();
        }
        long read = op() instanceof Input
                ? node.type().elementCount()
                : IntStream.range(0, inputs.size()).mapToLong(this::inputElements).sum();
        return read + node.type().elementCount() + op().tensors().stream().mapToLong(Tensor::elementCount).sum();
    }

    private long inputElements(int index) {
        return node.inputs().get(index).type().elementCount();
    }
}
