package io.xceptionc.compiler.graph.op;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A function applied to each element.
 *
 * @param kind which
 * @param numbers its parameters, in the order of the kind
 */
public record Activation(Kind kind, List<Float> numbers) {

    public Activation {
        numbers = List.copyOf(numbers);
        if (numbers.size() != kind.parameters.size() || !numbers.stream().allMatch(Float::isFinite)) {
            throw new IllegalArgumentException("no parameters of " + kind + ": " + numbers);
        }
    }

    /** One of the first numbers, as many as the kind has; what is missing is zero. */
    public Activation(Kind kind, float... numbers) {
        this(kind, IntStream.range(0, kind.parameters.size())
                .mapToObj(index -> index < numbers.length ? numbers[index] : 0f).toList());
    }

    private static final double ONE_SIXTH = 1.0 / 6;
    private static final float ONE_HALF = 0.5f;
    /** Files have this slope in few digits. */
    private static final double SLOPE_PRECISION = 1e-6;

    /** The functions, as Keras and PyTorch define them. */
    public enum Kind {
        /** {@code x}. */
        IDENTITY,
        /** {@code max(x, 0)}. */
        RELU,
        /** {@code min(max(x, 0), 6)}. */
        RELU6,
        /** {@code min(max(x, min), max)}; the largest floats stand for no bound. */
        CLIP("min", "max"),
        /** {@code x < threshold ? slope * (x - threshold) : min(x, max)}. */
        RECTIFY("threshold", "slope", "max") {
            @Override
            public String keyword() {
                return RELU.keyword();
            }
        },
        /** {@code x < 0 ? slope * x : x}. */
        LEAKY_RELU("slope"),
        /** {@code x < 0 ? alpha * (exp(x) - 1) : x}. */
        ELU("alpha"),
        /**
         * {@code scale * (x < 0 ? alpha * (exp(x) - 1) : x)}, with which deep networks of dense layers normalise
         * themselves.
         */
        SELU,
        /** {@code x < 0 ? alpha * (exp(x / alpha) - 1) : x}. */
        CELU("alpha"),
        /** {@code 1 / (1 + exp(-x))}. */
        SIGMOID,
        /** Hyperbolic tangent. */
        TANH,
        /** {@code min(max(x / 6 + 1/2, 0), 1)}, as Keras 3 and PyTorch. */
        HARD_SIGMOID,
        /** {@code min(max(slope * x + shift, 0), 1)}, as Keras before 3 with a slope of 0.2. */
        SLOPED_HARD_SIGMOID("slope", "shift") {
            @Override
            public String keyword() {
                return HARD_SIGMOID.keyword();
            }
        },
        /** {@code x * hard_sigmoid(x)}. */
        HARD_SWISH,
        /** {@code x * sigmoid(x)}, also called SiLU. */
        SWISH,
        /** {@code x / 2 * (1 + erf(x / sqrt(2)))}, the exact form. */
        GELU,
        /** {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))}, near to the exact form. */
        GELU_TANH,
        /** {@code log(1 + exp(x))}. */
        SOFTPLUS,
        /** {@code x / (1 + |x|)}. */
        SOFTSIGN,
        /** {@code x * tanh(log(1 + exp(x)))}. */
        MISH,
        /** {@code exp(x)}. */
        EXPONENTIAL;

        @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
        private final List<String> parameters;

        Kind(String... parameters) {
            this.parameters = List.of(parameters);
        }

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

    /** {@code min(max(x, floor), ceiling)}, infinite where there is no bound. */
    public static Activation clamp(float floor, float ceiling) {
        Activation clip = new Activation(Kind.CLIP, Math.max(Math.min(floor, ceiling), -Float.MAX_VALUE),
                Math.min(ceiling, Float.MAX_VALUE));
        return List.of(IDENTITY, RELU, RELU6).stream()
                .filter(known -> known.floor() == clip.floor() && known.ceiling() == clip.ceiling()).findFirst()
                .orElse(clip);
    }

    /** {@code x < threshold ? slope * (x - threshold) : min(x, ceiling)}; the largest float stands for no ceiling. */
    public static Activation rectify(float threshold, float slope, float ceiling) {
        if (threshold != 0 || (slope != 0 && ceiling < Float.MAX_VALUE) || ceiling < 0) {
            return new Activation(Kind.RECTIFY, threshold, slope, Math.min(ceiling, Float.MAX_VALUE));
        }
        return slope == 0 ? clamp(0, ceiling) : new Activation(Kind.LEAKY_RELU, slope);
    }

    /** {@code min(max(slope * x + shift, 0), 1)}. */
    public static Activation hardSigmoid(float slope, float shift) {
        return Math.abs(slope - ONE_SIXTH) < SLOPE_PRECISION && shift == ONE_HALF
                ? new Activation(Kind.HARD_SIGMOID)
                : new Activation(Kind.SLOPED_HARD_SIGMOID, slope, shift);
    }

    /** The first number; 0 if there is none. */
    public float parameter() {
        return numbers.isEmpty() ? 0 : numbers.getFirst();
    }

    /** Whether it is {@code min(max(x, floor), ceiling)}. */
    public boolean isClamp() {
        return switch (kind) {
            case IDENTITY, RELU, RELU6, CLIP -> true;
            case RECTIFY, LEAKY_RELU, ELU, SELU, CELU, SIGMOID, TANH, HARD_SIGMOID, SLOPED_HARD_SIGMOID, HARD_SWISH,
                    SWISH,
                    GELU, GELU_TANH, SOFTPLUS, SOFTSIGN, MISH, EXPONENTIAL -> false;
        };
    }

    /** Whether kernels can end with it; the others are steps of their own. */
    public boolean isFusible() {
        return switch (kind) {
            case IDENTITY, RELU, RELU6, CLIP, LEAKY_RELU, ELU, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU,
                    SOFTPLUS -> true;
            case RECTIFY, SELU, CELU, SLOPED_HARD_SIGMOID, GELU_TANH, SOFTSIGN, MISH, EXPONENTIAL -> false;
        };
    }

    /** The least value of a clamp; negative infinity if it is none. */
    public float floor() {
        return switch (kind) {
            case RELU, RELU6 -> 0;
            case CLIP -> numbers.getFirst() == -Float.MAX_VALUE ? Float.NEGATIVE_INFINITY : numbers.getFirst();
            default -> Float.NEGATIVE_INFINITY;
        };
    }

    /** The greatest value of a clamp; infinity if it is none. */
    public float ceiling() {
        return switch (kind) {
            case RELU6 -> 6;
            case CLIP -> numbers.getLast() == Float.MAX_VALUE ? Float.POSITIVE_INFINITY : numbers.getLast();
            default -> Float.POSITIVE_INFINITY;
        };
    }

    /** Whether a clamp has a greatest value. */
    public boolean hasCeiling() {
        return Float.isFinite(ceiling());
    }

    /** Whether it is a clamp whose every result another clamp leaves as it is. */
    public boolean isWithin(Activation other) {
        return isClamp() && other.isClamp() && floor() >= other.floor() && ceiling() <= other.ceiling();
    }

    /** The clamp that does what this and then another one do. */
    public Activation thenClamp(Activation next) {
        return clamp(Math.min(Math.max(floor(), next.floor()), next.ceiling()),
                Math.min(Math.max(ceiling(), next.floor()), next.ceiling()));
    }

    /** The parameters, for people. */
    String details() {
        return IntStream.range(0, numbers.size())
                .mapToObj(index -> kind.parameters.get(index) + " " + numbers.get(index))
                .collect(Collectors.joining(", "));
    }
}
