package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tensors with names and shapes but no values, for checking and summarising a spec, and for learning what it needs. */
public final class DeclaredWeights implements Weights {

    private final TensorCatalog catalog;
    private final List<WantedTensor> wanted = new ArrayList<>();

    /** Tensors are named by a convention. */
    public DeclaredWeights(NamingConvention convention, Diagnostics diagnostics) {
        this.catalog = new TensorCatalog(convention, diagnostics, Long.MAX_VALUE);
    }

    @Override
    public Tensor tensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span) {
        return catalog.tensor(layer, role, shape, span, name -> {
            wanted.add(new WantedTensor(layer, role, shape, span));
            return Tensor.declared(name, shape);
        });
    }

    /** What was asked for, each tensor once, in order. */
    public List<WantedTensor> wanted() {
        return List.copyOf(wanted);
    }
}
