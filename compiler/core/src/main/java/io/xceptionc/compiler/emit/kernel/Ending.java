package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.graph.op.Activation;

/**
 * The function that comes last in a kernel, with what its code depends on and no numbers: those are arguments, so that
 * layers share kernels.
 *
 * @param kind which; of clamps, identity for all that have no greatest value
 */
public record Ending(Activation.Kind kind) {

    /** Bounds are numbers like others, so clamps differ only in whether there is a greatest value. */
    public Ending {
        kind = switch (kind) {
            case RELU -> Activation.Kind.IDENTITY;
            case RELU6 -> Activation.Kind.CLIP;
            default -> kind;
        };
    }

    /** That of an operator. */
    public static Ending of(Activation activation) {
        return new Ending(activation.isClamp() && !activation.hasCeiling()
                ? Activation.Kind.IDENTITY
                : activation.kind());
    }

    /** Whether it only bounds results. */
    public boolean isClamp() {
        return kind == Activation.Kind.IDENTITY || kind == Activation.Kind.CLIP;
    }

    /** Whether it is a clamp that bounds results above, too. */
    boolean hasCeiling() {
        return kind == Activation.Kind.CLIP;
    }

    /** What tells the names of kernels apart. */
    String suffix() {
        return hasCeiling() ? "Clamped" : isClamp() ? "" : Activations.className(kind);
    }

    /** Of a function that is no clamp, the statements from a vector {@code x} to a vector {@code y}. */
    CodeBlock formula() {
        return Activations.formula(kind);
    }
}
