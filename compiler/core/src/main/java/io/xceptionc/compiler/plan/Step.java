package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * One thing that is done in a run: a node, where it reads and where it writes.
 *
 * @param node what is computed
 * @param op its operator
 * @param inputs where its inputs lie, in the operator's order
 * @param output where its result goes
 * @param copiedInputs of a concat, those inputs that do not lie in the result already; else all
 * @param overwrites whether the result takes the place of an input, whose border is clear already
 */
public record Step(
        Node node,
        KernelOp op,
        List<ImageLayout> inputs,
        ImageLayout output,
        List<Boolean> copiedInputs,
        boolean overwrites) {

    public Step {
        inputs = List.copyOf(inputs);
        copiedInputs = List.copyOf(copiedInputs);
    }

    /** Where its first input lies. */
    public ImageLayout input() {
        return inputs.getFirst();
    }
}
