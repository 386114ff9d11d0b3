package io.xceptionc.compiler.graph.op;

/** What becomes of the values that a pooling window covers. */
public enum Reduction {
    /** The greatest. */
    MAX("max"),
    /** The arithmetic mean. */
    MEAN("avg");

    private final String prefix;

    Reduction(String prefix) {
        this.prefix = prefix;
    }

    /** As the keywords begin: {@code max} or {@code avg}. */
    public String prefix() {
        return prefix;
    }
}
