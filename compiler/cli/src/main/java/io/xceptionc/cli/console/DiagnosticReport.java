package io.xceptionc.cli.console;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticPrinter;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Severity;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.diagnostic.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Problems as the user sees them: each with the line of the file that it is about, then their number. */
public final class DiagnosticReport {

    private DiagnosticReport() {}

    /** Prints the problems that ended a run, then how many there are. */
    public static void print(InvalidInputException problems, Console console) {
        print(problems.diagnostics(), console);
        String hidden = problems.droppedCount() == 0
                ? ""
                : ", and " + Quantities.count(problems.droppedCount()) + " more that are not shown";
        console.message(counts(problems.diagnostics()) + hidden);
    }

    /** Prints problems. */
    public static void print(List<Diagnostic> diagnostics, Console console) {
        DiagnosticPrinter printer = new DiagnosticPrinter(lines(diagnostics));
        diagnostics.forEach(diagnostic -> console.err().print(printer.print(diagnostic)));
    }

    /** {@code 3 errors, 1 warning}. */
    public static String counts(List<Diagnostic> diagnostics) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = diagnostics.stream().filter(diagnostic -> diagnostic.code().severity() == severity).count();
            if (count > 0) {
                counts.add(Quantities.count(count, severity.label()));
            }
        }
        return String.join(", ", counts);
    }

    /** The lines of the files that the problems lie in; of a file that cannot be read any more, none. */
    private static Map<String, List<String>> lines(List<Diagnostic> diagnostics) {
        Map<String, List<String>> lines = new HashMap<>();
        for (Diagnostic diagnostic : diagnostics) {
            SourceSpan span = diagnostic.span();
            if (span.line() > 0) {
                lines.computeIfAbsent(span.file(), file -> TextFile
                        .read(Path.of(file), SourceSpan.ofFile(file), new Diagnostics()).orElse("").lines().toList());
            }
        }
        return lines;
    }
}
