package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** An operator that may be none: with some attributes or inputs it yields what it reads. */
public interface Removable {

    /** Whether it yields the first of its inputs as it is. */
    boolean isIdentity(List<TensorType> inputs);
}
