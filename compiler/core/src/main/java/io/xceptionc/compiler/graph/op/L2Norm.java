package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The channels of each pixel as a vector of length 1, {@code y[c] = x[c] / max(sqrt(sum of x * x), epsilon)}, any
 * shape, float32.
 *
 * @param epsilon what the length is at least taken for
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html">torch.nn.functional.normalize</a>
 */
public record L2Norm(double epsilon) implements StandaloneOp {

    @Override
    public String keyword() {
        return "l2_norm";
    }

    @Override
    public String details() {
        return "epsilon " + epsilon;
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.single(inputs);
    }
}
