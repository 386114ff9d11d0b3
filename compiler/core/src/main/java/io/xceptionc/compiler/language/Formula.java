package io.xceptionc.compiler.language;

import io.xceptionc.compiler.graph.op.Op;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a layer computes of what it reads. Most layers are one operator; composites, such as {@code x *
 * tanh(softplus(x))}, are several, and a part that is used twice is the same object.
 */
public sealed interface Formula {

    /**
     * What the layer reads.
     *
     * @param index which of it, from 0
     */
    record Read(int index) implements Formula {}

    /**
     * The value of an operator.
     *
     * @param op the operator
     * @param operands what it is computed of
     */
    record Value(Op op, List<Formula> operands) implements Formula {

        public Value {
            operands = List.copyOf(operands);
        }
    }

    /** One operator of all that the layer reads, in that order. */
    static Formula of(Op op, int inputCount) {
        return new Value(op, IntStream.range(0, inputCount).<Formula>mapToObj(Read::new).toList());
    }
}
