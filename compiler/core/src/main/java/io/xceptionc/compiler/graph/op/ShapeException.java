package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;

/** An operator does not fit its inputs. The message continues the sentence {@code <keyword> '<name>' ...}. */
public final class ShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DiagnosticCode code;
    private final String help;

    /** With what does not fit and what to do about it. */
    public ShapeException(DiagnosticCode code, String message, String help) {
        super(message);
        this.code = code;
        this.help = help;
    }

    /** The class of the problem. */
    public DiagnosticCode code() {
        return code;
    }

    /** What to do about it. */
    public String help() {
        return help;
    }
}
