package io.xceptionc.compiler.emit.kernel;

/** What inputs are multiplied by on their way into matrix rows, by channel. */
public enum InputScaling {

    /** By nothing. */
    NONE(""),
    /** By constants, and others added. */
    CONSTANTS("Scaled"),
    /** By another value. */
    GATE("Gated");

    private final String adjective;

    InputScaling(String adjective) {
        this.adjective = adjective;
    }

    /** What tells the names of kernels apart. */
    String adjective() {
        return adjective;
    }
}
