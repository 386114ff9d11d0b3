package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import java.util.List;

/**
 * Windows of convolutions and pools, as their attributes say.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__Conv.html">ONNX, Conv</a>
 */
final class Windows {

    /** Of which a product is an {@code int}, too. */
    private static final int LARGEST = 1 << 15;
    private static final int LARGEST_PAD = 1 << 16;

    private Windows() {}

    /** The window of a kernel over an image. */
    static Window of(OnnxStep step, int kernelHeight, int kernelWidth, TensorType image) throws CannotImportException {
        return withPadding(step, unpadded(step, kernelHeight, kernelWidth), image);
    }

    /** The window of a kernel, whatever its padding. */
    static Window unpadded(OnnxStep step, int kernelHeight, int kernelWidth) throws CannotImportException {
        List<Integer> kernel = pair(step, "kernel_shape", List.of((long) kernelHeight, (long) kernelWidth));
        if (kernel.getFirst() != kernelHeight || kernel.getLast() != kernelWidth) {
            throw new CannotImportException("its kernel_shape is not that of its weights", "");
        }
        return unpadded(step, kernel);
    }

    /** The window of a pool over an image. */
    static Window of(OnnxStep step, TensorType image) throws CannotImportException {
        if (step.integers("kernel_shape").isEmpty()) {
            throw new CannotImportException("it has no kernel_shape", "");
        }
        return withPadding(step, unpadded(step, pair(step, "kernel_shape", List.of())), image);
    }

    private static Window unpadded(OnnxStep step, List<Integer> kernel) throws CannotImportException {
        List<Integer> strides = pair(step, "strides", List.of(1L, 1L));
        List<Integer> dilations = pair(step, "dilations", List.of(1L, 1L));
        return new Window(kernel.getFirst(), kernel.getLast(), strides.getFirst(), strides.getLast(),
                dilations.getFirst(), dilations.getLast(), Padding.NONE);
    }

    private static List<Integer> pair(OnnxStep step, String attribute, List<Long> otherwise)
            throws CannotImportException {
        List<Long> values = step.integers(attribute).orElse(otherwise);
        if (values.size() != 2 || values.stream().anyMatch(value -> value < 1 || value > LARGEST)) {
            throw new CannotImportException("its " + attribute + " are " + values + ", not two of 1 to " + LARGEST
                    + " as for images", "");
        }
        return values.stream().map(Long::intValue).toList();
    }

    private static Window withPadding(OnnxStep step, Window window, TensorType image) throws CannotImportException {
        String rule = step.text("auto_pad", "NOTSET");
        return switch (rule) {
            case "NOTSET", "" -> window.withPadding(explicit(step.integers("pads").orElse(List.of(0L, 0L, 0L, 0L))));
            case "VALID" -> window;
            case "SAME_UPPER" -> window.withPadding(Padding.same(image.height(), image.width(), window));
            case "SAME_LOWER" -> {
                Padding upper = Padding.same(image.height(), image.width(), window);
                yield window.withPadding(new Padding(/* top= */ upper.bottom(), /* bottom= */ upper.top(),
                        /* left= */ upper.right(), /* right= */ upper.left()));
            }
            default -> throw new CannotImportException("its auto_pad is unknown", "");
        };
    }

    /** Padding given as top, left, bottom, right. */
    static Padding explicit(List<Long> pads) throws CannotImportException {
        if (pads.size() != 4 || pads.stream().anyMatch(pad -> pad < 0 || pad > LARGEST_PAD)) {
            throw new CannotImportException("its pads are " + pads + ", not four of 0 to " + LARGEST_PAD
                    + " as for images", "");
        }
        List<Integer> sides = pads.stream().map(Long::intValue).toList();
        return new Padding(sides.get(0), sides.get(2), sides.get(1), sides.get(3));
    }
}
