package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.op.Activation;
import java.util.List;

/** The functions of {@link Activation.Kind}. */
final class ActivationFunctions {

    /** From here on, erf is 1 in double precision. */
    private static final double ERF_SATURATES = 6;

    /** As Klambauer and others give them. */
    private static final double SELU_ALPHA = 1.6732632423543772;

    private static final double SELU_SCALE = 1.0507009873554805;

    private ActivationFunctions() {}

    static double apply(Activation activation, double x) {
        return switch (activation.kind()) {
            case IDENTITY -> x;
            case RELU -> Math.max(x, 0);
            case RELU6 -> Math.min(Math.max(x, 0), 6);
            case CLIP -> Math.min(Math.max(x, activation.floor()), activation.ceiling());
            case RECTIFY -> rectify(activation.numbers(), x);
            case LEAKY_RELU -> x < 0 ? activation.parameter() * x : x;
            case ELU -> x < 0 ? activation.parameter() * Math.expm1(x) : x;
            case SELU -> SELU_SCALE * (x < 0 ? SELU_ALPHA * Math.expm1(x) : x);
            case CELU -> x < 0 ? activation.parameter() * Math.expm1(x / activation.parameter()) : x;
            case SIGMOID -> sigmoid(x);
            case TANH -> Math.tanh(x);
            case HARD_SIGMOID -> hardSigmoid(x);
            case SLOPED_HARD_SIGMOID ->
                    Math.min(Math.max(activation.parameter() * x + activation.numbers().getLast(), 0), 1);
            case HARD_SWISH -> x * hardSigmoid(x);
            case SWISH -> x * sigmoid(x);
            case GELU -> x / 2 * (1 + erf(x / Math.sqrt(2)));
            case GELU_TANH -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case SOFTPLUS -> softplus(x);
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case MISH -> x * Math.tanh(softplus(x));
            case EXPONENTIAL -> Math.exp(x);
        };
    }

    /** Keras' {@code ReLU} with all that it takes. */
    private static double rectify(List<Float> numbers, double x) {
        float threshold = numbers.getFirst();
        return x < threshold ? numbers.get(1) * (x - threshold) : Math.min(x, numbers.getLast());
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double hardSigmoid(double x) {
        return Math.min(Math.max(x / 6 + 0.5, 0), 1);
    }

    /**
     * The error function by the series {@code 2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))},
     * whose terms all have the sign of x, so that nothing cancels.
     *
     * @see <a href="https://dlmf.nist.gov/7.6.E2">Digital Library of Mathematical Functions, 7.6.2</a>
     */
    static double erf(double x) {
        if (Double.isNaN(x) || Math.abs(x) >= ERF_SATURATES) {
            return Math.signum(x);
        }
        double term = x;
        double sum = 0;
        for (int n = 1; sum + term != sum; n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
