package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.DiagnosticReport;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks a spec. */
final class CheckVerb implements Verb {

    @Override
    public Manual manual() {
        return new Manual("check", "SPEC", "finds all problems of a spec", List.of(
                "Prints each problem with its line and column and with a way out.",
                "No weights are needed. Exits with 0 if there is no error, else with 1."),
                "xceptionc check xception.yaml");
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, IOException {
        Path spec = arguments.onlyPath("SPEC");
        try (NetworkFiles files = NetworkFiles.of(spec, arguments, Optional.empty(), console)) {
            List<Diagnostic> warnings = Compiler.check(files.spec());
            DiagnosticReport.print(warnings, console);
            console.answer(spec + ": " + (warnings.isEmpty() ? "no problems" : DiagnosticReport.counts(warnings)));
            return ExitCode.FINE;
        }
    }
}
