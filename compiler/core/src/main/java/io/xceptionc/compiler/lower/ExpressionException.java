package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;

/** An expression cannot be computed. */
final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DiagnosticCode code;
    private final String help;

    ExpressionException(DiagnosticCode code, String message, String help) {
        super(message);
        this.code = code;
        this.help = help;
    }

    DiagnosticCode code() {
        return code;
    }

    String help() {
        return help;
    }
}
