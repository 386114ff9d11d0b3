package io.xceptionc.compiler.graph.op;

/**
 * What a convolution computes beside its sum: {@code activation(linear(rectify(x)) + bias + residual)}.
 *
 * @param rectifiesInput whether negative inputs are taken as zero
 * @param residual whether a second input, of the result's shape, is added
 * @param activation what is applied last; only one for which {@link Activation#isClamp} holds
 */
public record Fusion(boolean rectifiesInput, boolean residual, Activation activation) {

    /** Nothing fused. */
    public static final Fusion NONE = new Fusion(false, false, Activation.IDENTITY);

    public Fusion {
        if (!activation.isClamp()) {
            throw new IllegalArgumentException("cannot be fused: " + activation);
        }
    }

    /** The same with negative inputs taken as zero. */
    public Fusion withRectifiedInput() {
        return new Fusion(true, residual, activation);
    }

    /** The same with a residual added. */
    public Fusion withResidual() {
        return new Fusion(rectifiesInput, true, activation);
    }

    /** The same with another activation. */
    public Fusion withActivation(Activation next) {
        return new Fusion(rectifiesInput, residual, next);
    }
}
