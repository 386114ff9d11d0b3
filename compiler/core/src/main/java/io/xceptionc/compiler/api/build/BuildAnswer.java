package io.xceptionc.compiler.api.build;

import io.xceptionc.compiler.api.GenerationReport;
import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells a build tool what came of its request: a line for each fact, its fields separated by tabs; a backslash, tab or
 * line end within a field is written as <code>\\</code>, <code>\t</code> or <code>\n</code>.
 *
 * <pre>
 * problem   error|warning  code  file  line  column  message  help
 * failure   message
 * model     class  provider  spec  bytes of a session's values
 * input     file
 * source    file  written|kept
 * resource  file  written|kept
 * </pre>
 *
 * A line of 0 means the whole file.
 */
final class BuildAnswer {

    private final PrintStream out;

    BuildAnswer(PrintStream out) {
        this.out = out;
    }

    /** A model that is there now, and what is odd about it. */
    void generated(Path spec, GenerationReport report) {
        warnings(report.warnings());
        line("model", report.className(), report.providerName(), spec, report.arenaBytes());
        report.inputs().forEach(input -> line("input", input));
        files("source", report.sources());
        files("resource", report.resources());
    }

    void warnings(List<Diagnostic> warnings) {
        warnings.forEach(this::problem);
    }

    /** All that is wrong with a spec or its weights. */
    void refused(Path spec, InvalidInputException refusal) {
        refusal.diagnostics().forEach(this::problem);
        if (refusal.droppedCount() > 0) {
            failure(spec + ": there are " + refusal.droppedCount() + " more problems");
        }
    }

    /** What else is in the way. */
    void failure(String message) {
        line("failure", message);
    }

    private void problem(Diagnostic diagnostic) {
        SourceSpan span = diagnostic.span();
        line("problem", diagnostic.code().severity().label(), diagnostic.code(), span.file(), span.line(),
                span.column(), diagnostic.message(), diagnostic.help());
    }

    private void files(String kind, Map<Path, Boolean> files) {
        files.forEach((file, written) -> line(kind, file, written ? "written" : "kept"));
    }

    private void line(Object... fields) {
        out.println(Stream.of(fields).map(BuildAnswer::escaped).collect(Collectors.joining("\t")));
    }

    private static String escaped(Object field) {
        return field.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\n");
    }
}
