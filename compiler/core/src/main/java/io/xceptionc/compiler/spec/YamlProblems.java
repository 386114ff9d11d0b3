package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.Quotation;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in a spec author's words what the YAML engine complains about. */
final class YamlProblems {

    private YamlProblems() {}

    /** What is wrong. */
    static String message(MarkedYamlEngineException problem) {
        String text = problem.getProblem() == null ? "this is no YAML" : problem.getProblem();
        if (text.contains("TAB")) {
            return "a tab cannot stand here";
        }
        if (text.startsWith("expected <block end>")) {
            return "this line does not fit the lines above it";
        }
        if (text.startsWith("expected ',' or")) {
            return "a comma or the closing bracket is missing before this";
        }
        if (text.contains("<stream end>") || text.contains("unexpected end of stream")) {
            return "the spec ends in the middle of a value";
        }
        return Quotation.line(text).replace("<scalar>", "a value");
    }

    /** What to do about it. */
    static String help(MarkedYamlEngineException problem, String line) {
        String text = String.valueOf(problem.getProblem());
        if (line.contains("${") && !line.contains("\"${")
                && (line.contains("[") || line.indexOf('{') != line.indexOf("${") + 1)) {
            return "between [ ] or { }, write ${...} in quotes: \"${...}\"";
        }
        if (text.contains("TAB")) {
            return "indent with spaces";
        }
        if (text.startsWith("mapping values are not allowed")) {
            return "a second ': ' on one line: begin a new line, or put the text in quotes";
        }
        if (text.startsWith("expected <block end>")) {
            return "lines of one list or mapping begin in the same column";
        }
        if (text.startsWith("expected ',' or") || text.contains("<stream end>")
                || text.contains("unexpected end of stream")) {
            return "see where the bracket or quote was opened";
        }
        if (text.startsWith("could not find expected ':'")) {
            return "write key: value, with a space behind the colon";
        }
        return problem.getContext() == null ? "" : "found " + Quotation.line(problem.getContext());
    }
}
