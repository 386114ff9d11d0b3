package io.xceptionc.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects the problems of one compilation, so that all are reported at once. Not thread-safe. */
public final class Diagnostics {

    /** More problems than this are counted but not kept. */
    public static final int LIMIT = 100;

    private final List<Diagnostic> collected = new ArrayList<>();
    private int errorCount;
    private int droppedCount;

    /** Takes a problem; a repetition of one already there is ignored. */
    public void report(Diagnostic diagnostic) {
        if (collected.contains(diagnostic)) {
            return;
        }
        if (diagnostic.code().severity() == Severity.ERROR) {
            errorCount++;
        }
        if (collected.size() < LIMIT) {
            collected.add(diagnostic);
        } else {
            droppedCount++;
        }
    }

    /** Takes a problem. */
    public void report(DiagnosticCode code, SourceSpan span, String message, String help) {
        report(new Diagnostic(code, span, message, help));
    }

    /** Whether a problem was reported that ends the compilation. */
    public boolean hasErrors() {
        return errorCount > 0;
    }

    /** How many problems were left out because there were more than {@link #LIMIT}. */
    public int droppedCount() {
        return droppedCount;
    }

    /** The problems, sorted by file, line and column. */
    public List<Diagnostic> sorted() {
        return collected.stream()
                .sorted(Comparator.comparing((Diagnostic d) -> d.span().file()).thenComparingInt(d -> d.span().line())
                        .thenComparingInt(d -> d.span().column()))
                .toList();
    }

    /** Ends the stage if there is an error. */
    public void throwIfErrors() throws InvalidInputException {
        if (hasErrors()) {
            throw new InvalidInputException(sorted(), droppedCount);
        }
    }

    /** The first problem, for tests and short reports. */
    public Optional<Diagnostic> first() {
        return sorted().stream().findFirst();
    }
}
