package io.xceptionc.cli;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.DiagnosticReport;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.diagnostic.FileProblem;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.ModelException;
import java.io.IOException;

/** Turns what ended a run into a message and an exit code. */
final class Failures {

    /** Set to anything, this variable of the environment shows where a defect happened. */
    static final String DEBUG = "XCEPTIONC_DEBUG";

    private static final String VECTOR_PACKAGE = "jdk/incubator/vector";

    private Failures() {}

    /** Says what went wrong. */
    static ExitCode report(Throwable failure, Console console) {
        return switch (failure) {
            case InvalidInputException problems -> {
                DiagnosticReport.print(problems, console);
                yield ExitCode.WRONG_INPUT;
            }
            case InputException wrong -> wrongInput(wrong.getMessage(), console);
            case ModelException wrong -> wrongInput(wrong.getMessage(), console);
            case IOException wrong -> wrongInput(FileProblem.describe(wrong), console);
            case OutOfMemoryError _ -> wrongInput("""
                    this takes more memory than Java may use (%s); allow more, as in
                        XCEPTIONC_JAVA_OPTIONS=-Xmx8g xceptionc ...""".formatted(
                    Quantities.bytes(Runtime.getRuntime().maxMemory())), console);
            case NoClassDefFoundError missing when String.valueOf(missing.getMessage()).contains(VECTOR_PACKAGE) ->
                    wrongInput("""
                            this JVM was started without the Vector API: start it with
                                java --add-modules jdk.incubator.vector ...""", console);
            default -> defect(failure, console);
        };
    }

    private static ExitCode wrongInput(String message, Console console) {
        console.message("xceptionc: " + message);
        return ExitCode.WRONG_INPUT;
    }

    private static ExitCode defect(Throwable failure, Console console) {
        boolean debug = System.getenv(DEBUG) != null;
        console.message("xceptionc: this is a defect of xceptionc: " + failure
                + (debug ? "" : "; set " + DEBUG + "=1 to see where, and please report it"));
        if (debug) {
            failure.printStackTrace(console.err());
        }
        return ExitCode.DEFECT;
    }
}
