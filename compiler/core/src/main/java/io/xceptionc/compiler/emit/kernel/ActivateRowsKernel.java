package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Activation;
import java.util.List;

/**
 * A function of each element of matrix rows, {@code [pixel][channels]}, in place, before they are multiplied.
 *
 * @param kind the function
 * @param rowFloats from a matrix row to the next
 */
public record ActivateRowsKernel(Activation.Kind kind, int rowFloats) implements Kernel {

    @Override
    public String name() {
        return Activations.methodName(kind) + "Rows";
    }

    private Signature rows() {
        return Signature.of(name(), "Applies a function to the first of some matrix rows, in whole vectors.")
                .withFrame()
                .with(float.class, "parameter").withAll(int.class, "pixels", "channels", "part");
    }

    private Signature row() {
        return Signature.of(Activations.methodName(kind) + "MatrixRow", "One matrix row, vector by vector.")
                .with(float[].class, "rows").withAll(int.class, "from").withCount("count")
                .with(float.class, "parameter");
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
        return List.of(rows().implementation(Template.fill("""
                int vectors = $math:T.ceilDiv(channels, LANES);
                for (int pixel = 0; pixel < pixels; pixel++) {
                    $row:L(frame.rows(part), pixel * $rowFloats:L, vectors, parameter);
                }
                """, "row", row().name(), "rowFloats", rowFloats)), row().loop(rowBody()));
    }

    private CodeBlock rowBody() {
        return CodeBlock.builder().beginControlFlow("for (int i = 0; i < count; i++)")
                .add(Template.fill("$floatVector:T x = $floatVector:T.fromArray(SPECIES, rows, from);\n"))
                .add(Activations.formula(kind)).add("y.intoArray(rows, from);\nfrom += LANES;\n").endControlFlow()
                .build();
    }
}
