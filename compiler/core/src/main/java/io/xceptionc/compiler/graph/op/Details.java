package io.xceptionc.compiler.graph.op;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for what sets an operator apart. */
final class Details {

    private Details() {}

    /** The detail, if it holds; else nothing. */
    static String when(boolean condition, String detail) {
        return condition ? detail : "";
    }

    /** All that is not nothing. */
    static String listed(String... details) {
        return Stream.of(details).filter(detail -> !detail.isEmpty()).collect(Collectors.joining(", "));
    }

    /** A scaling of the input that is fused. */
    static String ofInput(Fusion.Stage scaling) {
        return scaling instanceof Fusion.Stage.Gate ? "gated input" : "scaled input";
    }

    /** A function that is fused. */
    static String fused(String prefix, Activation activation) {
        return when(activation.kind() != Activation.Kind.IDENTITY, prefix + activation.kind().keyword()
                + when(!activation.details().isEmpty(), " of " + activation.details()));
    }
}
