package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Stacked;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Op;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Values that stand beside one another along an axis of their own, as {@code torch.stack} joins them, and what becomes
 * of them.
 */
final class Stacks {

    private Stacks() {}

    /** Values of one shape, joined along an axis that none of them uses; empty if they are no such values. */
    static Optional<OnnxResult> joined(List<Activations> values, int axis) {
        Activations first = values.getFirst();
        boolean isFree = first.layout().axes().charAt(axis) == '1';
        return isFree && values.stream().allMatch(
                value -> value.layout().equals(first.layout()) && value.type().equals(first.type()))
                        ? Optional.of(new Stacked(values, axis))
                        : Optional.empty();
    }

    /** All of them combined element by element, as a reduction of their axis does. */
    static OnnxResult combined(OnnxStep step, Stacked stack, Set<Integer> axes, Op op) throws CannotImportException {
        if (!axes.equals(Set.of(stack.axis()))) {
            throw new CannotImportException(
                    "it reduces the axes " + axes + " of values that are stacked along axis " + stack.axis(),
                    "only the axis along which they are stacked is reduced");
        }
        Layout layout = stack.parts().getFirst().layout();
        return step.add(op, step.integer("keepdims", 1) != 0 ? layout : layout.without(stack.axis()),
                stack.parts().stream().map(Activations::node).toArray(Node[]::new));
    }

    /** One of them. */
    static OnnxResult taken(Stacked stack, int axis, int place) throws CannotImportException {
        if (axis != stack.axis() || place < 0 || place >= stack.parts().size()) {
            throw new CannotImportException(
                    "it takes one place of axis " + axis + " of values that are stacked along axis "
                            + stack.axis(),
                    "only whole values are taken of a stack");
        }
        Activations part = stack.parts().get(place);
        return new Activations(part.node(), part.layout().without(axis));
    }
}
