package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.language.Description;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;

/**
 * A tensor of a layer.
 *
 * @param role what it is to the layer
 * @param tensor its values, in the canonical layout of the role
 */
record LayerTensor(TensorRole role, Tensor tensor) {

    /** The tensors of an operator, in the reference's order. */
    static List<LayerTensor> of(Op op) {
        Description said = new Description(NamingConvention.KERAS);
        Operators.of(op).ifPresent(operator -> operator.describe(op, said));
        return said.tensors().stream().map(part -> new LayerTensor(part.role(), part.tensor())).toList();
    }
}
