package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * One vector in, one vector out, over the rows of an image. What it computes is a {@link Formula}.
 *
 * @param formula what it computes
 */
public record ElementwiseKernel(Formula formula) implements Kernel {

    /** What becomes of an element. */
    public sealed interface Formula {

        /** {@code f(x)}. */
        record Activate(Activation.Kind kind) implements Formula {}

        /** {@code x} and {@code y} combined. */
        record Combine(Combination combination) implements Formula {}

        /** {@code x * scale + shift}. */
        record Affine() implements Formula {}
    }

    /** What becomes of two elements. */
    public enum Combination {
        /** {@code x + y}. */
        ADD("add", "add"),
        /** {@code x * y}. */
        MULTIPLY("multiply", "mul");

        private final String kernelName;
        private final String vectorMethod;

        Combination(String kernelName, String vectorMethod) {
            this.kernelName = kernelName;
            this.vectorMethod = vectorMethod;
        }
    }

    @Override
    public String name() {
        return switch (formula) {
            case Formula.Activate(Activation.Kind kind) -> Activations.methodName(kind);
            case Formula.Combine(Combination combination) -> combination.kernelName;
            case Formula.Affine _ -> "affine";
        };
    }

    private Signature rows() {
        Signature signature = Signature
                .of(name(), "Computes the rows of blocks from first to before last, counted through all blocks.")
                .withFrame()
                .with(ImageLayout.class, "input");
        return (switch (formula) {
            case Formula.Activate _ -> signature.with(float.class, "parameter");
            case Formula.Combine _ -> signature.with(ImageLayout.class, "other");
            case Formula.Affine _ -> signature.withAll(long.class, "scale", "shift");
        }).with(ImageLayout.class, "output").withAll(int.class, "firstRow", "lastRow");
    }

    private Signature row() {
        Signature signature =
                Signature.of(name() + "Row", "One row of one block.").withSegment("arena").with(long.class, "from");
        return (switch (formula) {
            case Formula.Activate _ -> signature.with(float.class, "parameter");
            case Formula.Combine _ -> signature.with(long.class, "other");
            case Formula.Affine _ -> signature.withSegment("constants").withAll(long.class, "scale", "shift");
        }).with(long.class, "to").withCount("count");
    }

    @Override
    public MethodSpec declaration() {
        return rows().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(row());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        String extra = switch (formula) {
            case Formula.Activate _ -> "parameter";
            case Formula.Combine _ -> "other.origin(block) + y * other.rowBytes()";
            case Formula.Affine _ -> "frame.constants(), scale + block * PIXEL_BYTES, shift + block * PIXEL_BYTES";
        };
        return List.of(rows().implementation(Template.fill("""
                for (int row = firstRow; row < lastRow; row++) {
                    int block = row / output.height();
                    int y = row % output.height();
                    $name:LRow(frame.arena(), input.origin(block) + y * input.rowBytes(),
                            $extra:L,
                            output.origin(block) + y * output.rowBytes(), output.width());
                }
                """, "name", name(), "extra", extra)), row().loop(rowBody()));
    }

    private CodeBlock rowBody() {
        CodeBlock compute = switch (formula) {
            case Formula.Activate(Activation.Kind kind) -> Activations.formula(kind);
            case Formula.Combine(Combination combination) -> Template.fill(
                    "$floatVector:T y = x.$method:L($floatVector:T.fromMemorySegment(SPECIES, arena, other + at, ORDER));\n",
                    "method", combination.vectorMethod);
            case Formula.Affine _ -> Template
                    .fill("""
                            long lane = at % PIXEL_BYTES;
                            $floatVector:T factor = $floatVector:T.fromMemorySegment(SPECIES, constants, scale + lane, ORDER);
                            $floatVector:T y = x.fma(factor, $floatVector:T.fromMemorySegment(SPECIES, constants, shift + lane, ORDER));
                            """);
        };
        return CodeBlock.builder().addStatement("long bytes = count * PIXEL_BYTES")
                .beginControlFlow("for (long at = 0; at < bytes; at += VECTOR_BYTES)")
                .add(Template.fill(
                        "$floatVector:T x = $floatVector:T.fromMemorySegment(SPECIES, arena, from + at, ORDER);\n"))
                .add(compute)
                .add("y.intoMemorySegment(arena, to + at, ORDER);\n").endControlFlow().build();
    }
}
