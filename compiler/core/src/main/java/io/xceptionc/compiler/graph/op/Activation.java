package io.xceptionc.compiler.graph.op;

import java.util.Locale;

/**
 * A function applied to each element.
 *
 * @param kind which
 * @param parameter {@code slope} of leaky_relu, {@code alpha} of elu, else 0
 */
public record Activation(Kind kind, float parameter) {

    public Activation {
        if (!Float.isFinite(parameter)) {
            throw new IllegalArgumentException("no parameter of " + kind + ": " + parameter);
        }
    }

    /** The functions, as Keras and PyTorch define them. */
    public enum Kind {
        /** {@code x}. */
        IDENTITY,
        /** {@code max(x, 0)}. */
        RELU,
        /** {@code min(max(x, 0), 6)}. */
        RELU6,
        /** {@code x < 0 ? slope * x : x}. */
        LEAKY_RELU,
        /** {@code x < 0 ? alpha * (exp(x) - 1) : x}. */
        ELU,
        /** {@code 1 / (1 + exp(-x))}. */
        SIGMOID,
        /** Hyperbolic tangent. */
        TANH,
        /** {@code min(max(x / 6 + 1/2, 0), 1)}, as Keras 3 and PyTorch. */
        HARD_SIGMOID,
        /** {@code x * hard_sigmoid(x)}. */
        HARD_SWISH,
        /** {@code x * sigmoid(x)}, also called SiLU. */
        SWISH,
        /** {@code x / 2 * (1 + erf(x / sqrt(2)))}, the exact form. */
        GELU,
        /** {@code log(1 + exp(x))}. */
        SOFTPLUS;

        /** The keyword of the spec language. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code x}. */
    public static final Activation IDENTITY = new Activation(Kind.IDENTITY, 0);
    /** {@code max(x, 0)}. */
    public static final Activation RELU = new Activation(Kind.RELU, 0);
    /** {@code min(max(x, 0), 6)}. */
    public static final Activation RELU6 = new Activation(Kind.RELU6, 0);

    /** Whether it is {@code min(max(x, floor), ceiling)}. */
    public boolean isClamp() {
        return switch (kind) {
            case IDENTITY, RELU, RELU6 -> true;
            case LEAKY_RELU, ELU, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU, SOFTPLUS -> false;
        };
    }

    /** The least value of a clamp; negative infinity if it is none. */
    public float floor() {
        return kind == Kind.RELU || kind == Kind.RELU6 ? 0 : Float.NEGATIVE_INFINITY;
    }

    /** The greatest value of a clamp; infinity if it is none. */
    public float ceiling() {
        return kind == Kind.RELU6 ? 6 : Float.POSITIVE_INFINITY;
    }

    /** Whether a clamp has a greatest value. */
    public boolean hasCeiling() {
        return Float.isFinite(ceiling());
    }

    /** Whether it is a clamp whose every result another clamp leaves as it is. */
    public boolean isWithin(Activation other) {
        return isClamp() && other.isClamp() && floor() >= other.floor() && ceiling() <= other.ceiling();
    }

    /** The parameter, for people. */
    String details() {
        return switch (kind) {
            case LEAKY_RELU -> "slope " + parameter;
            case ELU -> "alpha " + parameter;
            case IDENTITY, RELU, RELU6, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU, SOFTPLUS -> "";
        };
    }
}
