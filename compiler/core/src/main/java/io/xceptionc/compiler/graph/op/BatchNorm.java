package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Batch normalisation at inference, {@code y[c] = gamma[c] * (x[c] - mean[c]) / sqrt(variance[c] + epsilon) + beta[c]},
 * any shape, float32.
 *
 * @param gamma {@code [c]}; ones if absent
 * @param beta {@code [c]}; zeros if absent
 * @param mean {@code [c]}, of the training data
 * @param variance {@code [c]}, of the training data
 * @param epsilon what keeps the root from zero
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy, Batch Normalization</a>
 */
public record BatchNorm(Optional<Tensor> gamma, Optional<Tensor> beta, Tensor mean, Tensor variance, double epsilon)
        implements TransientOp {

    @Override
    public String keyword() {
        return "batch_norm";
    }

    @Override
    public String details() {
        return Details.listed("epsilon " + epsilon, Details.when(gamma.isPresent(), "scale"),
                Details.when(beta.isPresent(), "center"));
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireChannels(input, mean.dimension(0));
        return input;
    }

    @Override
    public List<Tensor> tensors() {
        return Stream.of(gamma.stream(), beta.stream(), Stream.of(mean, variance)).flatMap(part -> part).toList();
    }

    @Override
    public BatchNorm withTensors(List<Tensor> tensors) {
        Iterator<Tensor> next = tensors.iterator();
        return new BatchNorm(gamma.map(_ -> next.next()), beta.map(_ -> next.next()), next.next(), next.next(),
                epsilon);
    }
}
