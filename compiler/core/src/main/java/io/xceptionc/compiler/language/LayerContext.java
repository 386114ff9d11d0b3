package io.xceptionc.compiler.language;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;

/** What a layer finds where it stands: what it reads, and its tensors. */
public interface LayerContext {

    /** The types of all that the layer reads. */
    List<TensorType> inputs();

    /** The type of the first, for most layers the only thing that the layer reads. */
    default TensorType input() {
        return inputs().getFirst();
    }

    /** Whose names, layouts and defaults the spec follows. */
    NamingConvention convention();

    /**
     * The layer's tensor of a role; to be asked for only when all that decides its shape fits.
     *
     * @param shape in the role's canonical layout
     * @throws ShapeException if it is too large
     */
    Tensor tensor(TensorRole role, Integer... shape);

    /** A vector of a role, if there is to be one. */
    default Optional<Tensor> vectorIf(boolean wanted, TensorRole role, int length) {
        return wanted ? Optional.of(tensor(role, length)) : Optional.empty();
    }
}
