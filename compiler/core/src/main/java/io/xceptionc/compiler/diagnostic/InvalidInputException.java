package io.xceptionc.compiler.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/** The input is wrong; every problem found is inside. */
public final class InvalidInputException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;
    private final int droppedCount;

    /** With all problems found, and the number of those left out. */
    public InvalidInputException(List<Diagnostic> diagnostics, int droppedCount) {
        super(diagnostics.stream().map(Diagnostic::headline).collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
        this.droppedCount = droppedCount;
    }

    /** With a single problem. */
    public InvalidInputException(Diagnostic diagnostic) {
        this(List.of(diagnostic), 0);
    }

    /** The problems in the order of their places. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** How many more there were. */
    public int droppedCount() {
        return droppedCount;
    }
}
