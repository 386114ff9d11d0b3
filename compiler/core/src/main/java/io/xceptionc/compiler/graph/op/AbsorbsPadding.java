package io.xceptionc.compiler.graph.op;

import java.util.Optional;

/** An operator that may be able to read around an image the zeros that another one puts there. */
public interface AbsorbsPadding {

    /** The operator that computes the same without these zeros around its input; empty if there is none. */
    Optional<Op> withZerosAround(Padding zeros);
}
