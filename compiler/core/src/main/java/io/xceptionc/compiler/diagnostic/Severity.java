package io.xceptionc.compiler.diagnostic;

/** How bad a diagnostic is: an error ends the compilation, a warning does not. */
public enum Severity {
    ERROR, WARNING;

    /** The word printed before the code. */
    public String label() {
        return this == ERROR ? "error" : "warning";
    }
}
