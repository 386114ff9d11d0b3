package io.xceptionc.compiler.api;

/** What a compilation is busy with, for who shows its progress. */
public enum Stage {
    /** Text to syntax. */
    PARSE("reading the spec"),
    /** Syntax to graph, weights bound. */
    LOWER("building the network"),
    /** Graph to graph. */
    OPTIMISE("fusing layers"),
    /** Graph to plan. */
    PLAN("planning memory"),
    /** Plan to source. */
    EMIT("emitting Java"),
    /** Source to classes. */
    COMPILE("compiling Java"),
    /** The network's answer to the image of its self-test. */
    INTERPRET("interpreting the network"),
    /** Everything to the jar. */
    PACK("packing weights"),
    /** The whole jar to one answer of its own. */
    TRY("running the model once");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    /** A few words. */
    public String label() {
        return label;
    }
}
