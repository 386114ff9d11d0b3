package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** An operator that makes one value of several, in their order; of one value it makes that value. */
public interface Merge extends Removable {

    @Override
    default boolean isIdentity(List<TensorType> inputs) {
        return inputs.size() == 1;
    }
}
