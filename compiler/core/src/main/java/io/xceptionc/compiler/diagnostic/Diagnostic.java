package io.xceptionc.compiler.diagnostic;

import java.util.Objects;

/**
 * One problem of an input: where, what, and a way out.
 *
 * @param code the class of the problem
 * @param span the place
 * @param message one sentence without a full stop
 * @param help what to do about it, shown under the excerpt; empty if there is nothing to say
 */
public record Diagnostic(DiagnosticCode code, SourceSpan span, String message, String help) {

    public Diagnostic {
        Objects.requireNonNull(code);
        Objects.requireNonNull(span);
        Objects.requireNonNull(message);
        Objects.requireNonNull(help);
    }

    /** {@code file:line:column: error[E204]: message}. */
    public String headline() {
        return span + ": " + code.severity().label() + "[" + code + "]: " + message;
    }
}
