package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asks for the tensors of layers, none of them too large. */
record LayerTensors(Weights weights) {

    /** Those of one layer. */
    OfLayer of(String layer, SourceSpan span) {
        return new OfLayer(weights, layer, span);
    }

    /**
     * The tensors of one layer.
     *
     * @param weights where they come from
     * @param layer the name that they have
     * @param span the layer's place
     */
    record OfLayer(Weights weights, String layer, SourceSpan span) {

        /** The tensor of a role and shape. */
        Tensor tensor(TensorRole role, Integer... shape) {
            long elementCount = 1;
            for (int size : shape) {
                elementCount = Math.min(elementCount * size, TensorType.LARGEST_ELEMENT_COUNT + 1);
            }
            if (elementCount > TensorType.LARGEST_ELEMENT_COUNT) {
                throw new ShapeException(DiagnosticCode.E205,
                        "needs weights of the shape " + Arrays.toString(shape) + ", more than "
                                + TensorType.LARGEST_ELEMENT_COUNT + " numbers",
                        "use fewer channels or a smaller kernel", "units", "filters");
            }
            return weights.tensor(layer, role, List.of(shape), span);
        }

        /** A vector of a role, if there is to be one. */
        Optional<Tensor> vectorIf(boolean wanted, TensorRole role, int length) {
            return wanted ? Optional.of(tensor(role, length)) : Optional.empty();
        }
    }
}
