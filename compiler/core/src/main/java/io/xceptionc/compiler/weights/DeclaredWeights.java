package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import java.util.List;

/** Tensors with names and shapes but no values, for checking and summarising a spec. */
public final class DeclaredWeights implements Weights {

    private final TensorCatalog catalog;

    /** Tensors are named by a convention. */
    public DeclaredWeights(NamingConvention convention, Diagnostics diagnostics) {
        this.catalog = new TensorCatalog(convention, diagnostics, Long.MAX_VALUE);
    }

    @Override
    public Tensor tensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span) {
        return catalog.tensor(layer, role, shape, span, name -> Tensor.declared(name, shape));
    }
}
