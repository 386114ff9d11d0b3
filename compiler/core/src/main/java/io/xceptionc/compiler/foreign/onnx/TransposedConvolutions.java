package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;

/**
 * {@code ConvTranspose}, whose result's size may be given in place of its padding.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__ConvTranspose.html">ONNX, ConvTranspose</a>
 */
final class TransposedConvolutions {

    private static final int LARGEST = 1 << 16;

    private TransposedConvolutions() {}

    /** {@code [n, c, h, w], [c, m / group, kh, kw], [m] -> [n, m, h', w']}. */
    static OnnxResult convTranspose(OnnxStep step) throws CannotImportException, InvalidInputException {
        Activations input = step.image(0);
        Floats weights = step.floats(1, "weights");
        if (weights.shape().size() != 4 || weights.count() == 0) {
            throw new CannotImportException("its weights are " + weights.shape()
                    + ", not [channels, filters / group, height, width]", "only convolutions of images are known");
        }
        List<Integer> shape = weights.shape();
        long groups = step.integer("group", 1);
        int channels = input.type().channels();
        if (groups < 1 || groups > channels || channels % groups != 0 || shape.getFirst() != channels
                || shape.get(1) * groups > LARGEST) {
            throw new CannotImportException("it has " + groups + " groups and weights " + shape + ", its input "
                    + channels + " channels", "");
        }
        Window window = Windows.unpadded(step, shape.get(2), shape.get(3));
        Side rows = side(step, 0, window.strideHeight(), window.extentHeight(), input.type().height());
        Side columns = side(step, 1, window.strideWidth(), window.extentWidth(), input.type().width());
        int filters = (int) groups * shape.get(1);
        Optional<Tensor> bias = LinearOperators.bias(step, 2, filters);
        Tensor kernel = step.context().tensors().kernel(weights, TensorRole.TRANSPOSED_KERNEL,
                List.of(shape.get(2), shape.get(3), channels, shape.get(1)));
        Padding cut = new Padding(rows.before(), rows.after(), columns.before(), columns.after());
        return step
                .add(new ConvTranspose2d(window.withPadding(cut), rows.extra(), columns.extra(), (int) groups, kernel,
                        bias), input);
    }

    /** What is cut off along an axis, and what is added. */
    private record Side(int before, int after, int extra) {}

    private static Side side(OnnxStep step, int axis, int stride, int extent, int size) throws CannotImportException {
        String rule = step.text("auto_pad", "NOTSET");
        boolean isSame = rule.equals("SAME_UPPER") || rule.equals("SAME_LOWER");
        if (!isSame && !List.of("NOTSET", "", "VALID").contains(rule)) {
            throw new CannotImportException("its auto_pad is unknown", "");
        }
        if (isSame && extent < stride && step.integers("output_shape").isEmpty()) {
            throw new CannotImportException("its kernel is smaller than its stride, and its auto_pad " + rule,
                    "tools do not agree on what that yields; give it pads and output_padding");
        }
        int extra = number(step, "output_padding", axis, 2).orElse(0);
        Optional<Long> output = outputSize(step, axis).map(Integer::longValue)
                .or(() -> isSame ? Optional.of((long) size * stride) : Optional.empty());
        if (output.isPresent()) {
            long spare = (size - 1L) * stride + extra + extent - output.get();
            if (Math.abs(spare) > LARGEST) {
                throw new CannotImportException("it makes " + output.get() + " rows or columns of " + size, "");
            }
            int total = (int) Math.max(spare, 0);
            int less = total / 2;
            int before = rule.equals("SAME_UPPER") ? less : total - less;
            return new Side(before, total - before, extra + (int) Math.max(-spare, 0));
        }
        boolean isPadded = !rule.equals("VALID");
        int before = isPadded ? number(step, "pads", axis, 4).orElse(0) : 0;
        int after = isPadded ? number(step, "pads", axis + 2, 4).orElse(0) : 0;
        if (before < 0) {
            throw new CannotImportException("its pads are negative at the beginning",
                    "only at the end rows and columns can be added");
        }
        return new Side(before, Math.max(after, 0), extra + Math.max(-after, 0));
    }

    /** One of two sizes, or the last two where those of the batch and the channels are given, too. */
    private static Optional<Integer> outputSize(OnnxStep step, int axis) throws CannotImportException {
        int count = step.integers("output_shape").map(List::size).orElse(0);
        return count == 4 ? number(step, "output_shape", axis + 2, 4) : number(step, "output_shape", axis, 2);
    }

    private static Optional<Integer> number(OnnxStep step, String attribute, int index, int count)
            throws CannotImportException {
        Optional<List<Long>> numbers = step.integers(attribute).filter(all -> !all.isEmpty());
        long fewest = attribute.equals("pads") ? -LARGEST : 0;
        if (numbers.isPresent() && (numbers.get().size() != count
                || numbers.get().stream().anyMatch(number -> number < fewest || number > LARGEST))) {
            throw new CannotImportException("its " + attribute + " are " + numbers.get() + ", not " + count + " of "
                    + fewest + " to " + LARGEST + " as for images", "");
        }
        return numbers.map(all -> all.get(index).intValue());
    }
}
