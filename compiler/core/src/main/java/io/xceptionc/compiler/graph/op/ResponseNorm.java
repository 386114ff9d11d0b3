package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * Each channel by the squares of those around it, {@code y[c] = x[c] / (bias + alpha / size * sum of squares) ^ beta},
 * the sum over {@code size} channels of the pixel, of which the larger half follows: local response normalisation, any
 * shape, float32.
 *
 * @param size how many channels a sum is of; those beyond the first and the last are zero
 * @param alpha the factor of the mean square
 * @param beta the exponent
 * @param bias what keeps the power from zero
 * @see <a href="https://papers.nips.cc/paper/4824">Krizhevsky et al., section 3.3</a>
 */
public record ResponseNorm(int size, double alpha, double beta, double bias) implements StandaloneOp {

    /** The most channels that an image may have. */
    public static final int MOST_CHANNELS = 3072;

    /** The most channels that a sum may be of. */
    public static final int LARGEST_SIZE = 512;

    @Override
    public String keyword() {
        return "lrn";
    }

    @Override
    public String details() {
        return Details.listed("size " + size, "alpha " + alpha, "beta " + beta, "bias " + bias);
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        if (input.channels() > MOST_CHANNELS) {
            throw new ShapeException(DiagnosticCode.E205,
                    "reads " + input.channels() + " channels, more than " + MOST_CHANNELS,
                    "put a pointwise convolution with fewer filters before it");
        }
        return input;
    }
}
