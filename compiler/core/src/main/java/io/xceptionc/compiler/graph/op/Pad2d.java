package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Locale;

/**
 * Rows and columns around an image that are not zeros, {@code [h, w, c] -> [top + h + bottom, left + w + right, c]},
 * float32.
 *
 * @param padding how many on each side
 * @param mode what they are made of
 * @param value the number; of no meaning, and 0, where they are made of the image
 * @see <a href="https://onnx.ai/onnx/operators/onnx__Pad.html">ONNX, Pad</a>
 */
public record Pad2d(Padding padding, Mode mode, float value) implements StandaloneOp, Removable {

    public Pad2d {
        value = mode == Mode.CONSTANT ? value : 0;
    }

    /** What rows and columns around an image are made of. */
    public enum Mode {
        /** A number. */
        CONSTANT,
        /** The image, mirrored at its outermost pixels, which stand there once. */
        REFLECT,
        /** The image, mirrored at its edge, so that its outermost pixels stand there twice. */
        SYMMETRIC,
        /** The outermost pixels. */
        EDGE;

        boolean isMirror() {
            return this == REFLECT || this == SYMMETRIC;
        }

        /** As the spec language says it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String keyword() {
        return "pad2d";
    }

    @Override
    public String details() {
        return Details.listed(padding.details(), mode.word(),
                Details.when(mode == Mode.CONSTANT, Float.toString(value)));
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        TensorType result = new ZeroPad2d(padding).outputType(inputs);
        boolean passes = Math.max(padding.top(), padding.bottom()) > input.height() - fromMirror()
                || Math.max(padding.left(), padding.right()) > input.width() - fromMirror();
        if (mode.isMirror() && passes) {
            throw new ShapeException(DiagnosticCode.E201,
                    "mirrors more rows or columns than its input has, which is " + input,
                    mode == Mode.REFLECT
                            ? "use less padding, at most one less than the input's size"
                            : "use less padding, at most the input's size",
                    "padding");
        }
        return result;
    }

    /** How many of the image's rows or columns stand between the first that is mirrored and the edge. */
    private int fromMirror() {
        return mode == Mode.REFLECT ? 1 : 0;
    }

    @Override
    public boolean isIdentity(List<TensorType> inputs) {
        return padding.equals(Padding.NONE);
    }
}
