package io.xceptionc.compiler.format.hdf5;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import java.io.Serial;

/** Why an object of a file is not read; {@link Hdf5File#guarded} adds file and path. */
final class Refusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final DiagnosticCode code;
    private final String help;

    /**
     * A refusal.
     *
     * @param message what follows the object's path in a sentence
     */
    Refusal(DiagnosticCode code, String message, String help) {
        super(message);
        this.code = code;
        this.help = help;
    }

    /** Of a file that is not what the format demands. */
    static Refusal damaged(String message) {
        return new Refusal(DiagnosticCode.E303, message, Hdf5File.HELP);
    }

    /** Of a file that is as it should be, but has what is not read. */
    static Refusal unsupported(String message, String help) {
        return new Refusal(DiagnosticCode.E304, message, help);
    }

    DiagnosticCode code() {
        return code;
    }

    String help() {
        return help;
    }
}
