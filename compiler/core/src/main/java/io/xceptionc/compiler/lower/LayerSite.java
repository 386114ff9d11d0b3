package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.language.LayerContext;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * Where a layer of a spec stands. None of its tensors is too large.
 *
 * @param inputs the types of what it reads
 * @param convention whose names and defaults the spec follows
 * @param weights where tensors come from
 * @param layer the name that the layer's tensors have
 * @param span the layer's place
 */
record LayerSite(List<TensorType> inputs, NamingConvention convention, Weights weights, String layer, SourceSpan span)
        implements LayerContext {

    @Override
    public Tensor tensor(TensorRole role, Integer... shape) {
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
}
