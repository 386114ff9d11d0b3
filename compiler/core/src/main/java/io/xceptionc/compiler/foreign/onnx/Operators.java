package io.xceptionc.compiler.foreign.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All operators of ONNX that can be imported. */
final class Operators {

    private static final Map<String, Translation> ALL = new HashMap<>();

    static {
        ALL.putAll(LinearOperators.ALL);
        ALL.putAll(PoolOperators.ALL);
        ALL.putAll(ActivationOperators.ALL);
        ALL.putAll(ArithmeticOperators.ALL);
        ALL.putAll(ShapeOperators.ALL);
        ALL.putAll(ResizeOperators.ALL);
        ALL.putAll(NormOperators.ALL);
    }

    private Operators() {}

    /** Their names. */
    static Set<String> names() {
        return Set.copyOf(ALL.keySet());
    }

    /** What an operator becomes, where it computes with more than constants. */
    static Optional<Translation> of(String operator) {
        return Optional.ofNullable(ALL.get(operator));
    }
}
