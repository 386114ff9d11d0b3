package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in a spec author's words what the YAML engine complains about. */
final class YamlProblems {

    private static final Pattern UNQUOTED_VARIABLE = Pattern.compile("[\\[{,:]\\s*[A-Za-z0-9_./]*\\$\\{[^\"']*");

    /** What to do about a backslash that means nothing. */
    static final String ESCAPE_HELP = "write \\\\ for a backslash, or put the text in single quotes";

    private YamlProblems() {}

    /** Reports a problem of the text; one that begins earlier, as an open quote does, where it begins. */
    static void report(MarkedYamlEngineException problem, TextPlaces places, Diagnostics diagnostics) {
        String text = problem.getProblem() == null ? "this is no YAML" : problem.getProblem();
        Optional<SourceSpan> start = problem.getContextMark().map(places::at);
        SourceSpan span = problem.getProblemMark().map(places::at).or(() -> start).orElseGet(places::wholeFile);
        boolean endsEarly = text.contains("<stream end>") || text.contains("unexpected end of stream");
        if (endsEarly && start.isPresent()) {
            diagnostics.report(DiagnosticCode.E101, start.get(), "what begins here does not end",
                    "close the quote or bracket");
            return;
        }
        diagnostics.report(DiagnosticCode.E101, span, message(text), help(problem, text, places, span));
    }

    private static String message(String text) {
        if (text.contains("TAB")) {
            return "a tab cannot stand here";
        }
        if (text.startsWith("expected <block end>")) {
            return "this line does not fit the lines above it";
        }
        if (text.startsWith("expected ',' or")) {
            return "a comma or the closing bracket is missing before this";
        }
        if (text.contains("escape")) {
            return "YAML has no such escape";
        }
        return Quotation.line(text).replace("<scalar>", "a value");
    }

    private static String help(MarkedYamlEngineException problem, String text, TextPlaces places, SourceSpan span) {
        if (UNQUOTED_VARIABLE.matcher(places.line(span)).find()) {
            return "between [ ] or { }, write ${...} in quotes: \"${...}\"";
        }
        if (text.contains("TAB")) {
            return "indent with spaces";
        }
        if (text.contains("escape")) {
            return ESCAPE_HELP;
        }
        if (text.startsWith("mapping values are not allowed")) {
            return "a second ': ' on one line: begin a new line, or put the text in quotes";
        }
        if (text.startsWith("expected <block end>")) {
            return "lines of one list or mapping begin in the same column";
        }
        if (text.startsWith("expected ',' or")) {
            return problem.getContextMark().map(places::at)
                    .map(open -> "the bracket of line " + open.line() + ", column " + open.column() + ", is still open")
                    .orElse("see where the bracket was opened");
        }
        if (text.startsWith("could not find expected ':'")) {
            return "write key: value, with a space behind the colon";
        }
        return problem.getContext() == null ? "" : "found " + Quotation.line(problem.getContext());
    }
}
