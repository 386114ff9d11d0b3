package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Repeated;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several values that are combined element by element.
 *
 * @param step the node
 * @param does what it does with them, for messages
 * @param parts the values, as they are before they are repeated
 */
record Merging(OnnxStep step, String does, List<Activations> parts) {

    /** What a node yields that combines all that it reads. */
    static OnnxResult of(OnnxStep step, Op op, String does) throws CannotImportException {
        if (step.inputs().size() == 1) {
            return step.activations(0);
        }
        List<Activations> parts = new ArrayList<>();
        for (int index = 0; index < step.inputs().size(); index++) {
            parts.add(step.input(index) instanceof Repeated repeated ? repeated.value() : step.activations(index));
        }
        Merging merging = new Merging(step, does, parts);
        Activations whole = merging.whole(op);
        for (int index = 0; index < parts.size(); index++) {
            merging.requireFit(index, whole);
        }
        return step.add(op, whole.layout(), parts.stream().map(Activations::node).toArray(Node[]::new));
    }

    /** The value to which all others are brought. */
    private Activations whole(Op op) throws CannotImportException {
        try {
            TensorType type = op.outputType(parts.stream().map(Activations::type).toList());
            return parts.stream().filter(part -> part.type().equals(type)).findFirst().orElseThrow();
        } catch (ShapeException _) {
            Activations first = parts.getFirst();
            throw odd(first,
                    parts.stream().filter(part -> !part.type().equals(first.type())).findFirst().orElse(first));
        }
    }

    /** Axes of more than one place must be the same ones of the image. */
    private void requireFit(int index, Activations whole) throws CannotImportException {
        Activations part = parts.get(index);
        List<Integer> sizes = step.sizes(whole);
        boolean fits = part.layout().rank() == sizes.size();
        for (int axis = 0; fits && axis < sizes.size(); axis++) {
            char letter = whole.layout().axes().charAt(axis);
            boolean isSame = part.layout().axes().charAt(axis) == letter;
            fits = isSame || (letter != 'N' && step.sizes(part).get(axis) == 1);
        }
        if (!fits || (step.input(index) instanceof Repeated repeated && !repeated.sizes().equals(sizes))) {
            throw odd(whole, part);
        }
    }

    private CannotImportException odd(Activations one, Activations other) {
        return new CannotImportException("it " + does + " " + step.sizes(one) + " and " + step.sizes(other),
                "one must have the other's shape, or one number for each channel, for each pixel, or for all");
    }
}
