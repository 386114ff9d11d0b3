package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Quotation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains the codes of problems. */
final class ExplainVerb implements Verb {

    @Override
    public Manual manual() {
        return new Manual("explain", "[CODE]", "explains a code of a problem, such as E204", List.of(
                "Says what it means, with an example where there is one, and the way out.",
                "Without a code, lists them all."),
                "xceptionc explain E204");
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException {
        arguments.requireOperands(1);
        Optional<String> word = arguments.operand();
        if (word.isEmpty()) {
            Stream.of(DiagnosticCode.values()).forEach(code -> console.answer(code + "  " + code.title()));
            return ExitCode.FINE;
        }
        code(word.get()).explanation().lines().forEach(console::answer);
        return ExitCode.FINE;
    }

    private static DiagnosticCode code(String word) throws UsageException {
        String name = word.toUpperCase(Locale.ROOT);
        return Stream.of(DiagnosticCode.values()).filter(code -> code.name().equals(name)).findFirst()
                .orElseThrow(() -> new UsageException("there is no code " + Quotation.of(word)
                        + "; 'xceptionc explain' lists them"));
    }
}
