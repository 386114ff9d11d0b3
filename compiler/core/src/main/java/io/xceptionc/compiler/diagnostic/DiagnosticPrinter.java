package io.xceptionc.compiler.diagnostic;

import java.util.List;
import java.util.Map;

/**
 * Prints diagnostics with an excerpt of the source.
 *
 * <pre>
 * xception.yaml:41:15: error[E204]: depthwise_conv2d 'x' expects 64 channels, its input 'y' has 32
 *    41 |     channels: 64
 *       |               ^^ set 32, or put a pointwise layer before it
 * </pre>
 *
 * What comes from the input is made visible first, see {@link Quotation#line}.
 */
public final class DiagnosticPrinter {

    private static final int LONGEST_EXCERPT = 160;

    private final Map<String, List<String>> linesByFile;

    /** With the lines of the files that spans may point to. */
    public DiagnosticPrinter(Map<String, List<String>> linesByFile) {
        this.linesByFile = Map.copyOf(linesByFile);
    }

    /** One diagnostic as text, each line ended by a line feed. */
    public String print(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder(Quotation.line(diagnostic.headline())).append('\n');
        List<String> lines = linesByFile.getOrDefault(diagnostic.span().file(), List.of());
        int line = diagnostic.span().line();
        if (line >= 1 && line <= lines.size() && lines.get(line - 1).length() <= LONGEST_EXCERPT) {
            excerpt(text, lines.get(line - 1), diagnostic);
        } else if (!diagnostic.help().isEmpty()) {
            text.append("       ").append(Quotation.line(diagnostic.help())).append('\n');
        }
        return text.toString();
    }

    private static void excerpt(StringBuilder text, String source, Diagnostic diagnostic) {
        SourceSpan span = diagnostic.span();
        int length = source.codePointCount(0, source.length());
        int start = Math.max(1, Math.min(span.column(), length + 1));
        int marks = Math.max(1, Math.min(span.length(), length - start + 1));
        text.append("%5d | ".formatted(span.line())).append(Quotation.line(source.replace('\t', ' ').stripTrailing()))
                .append('\n');
        text.append("      | ").repeat(' ', start - 1).repeat('^', marks);
        text.append(diagnostic.help().isEmpty() ? "" : " " + Quotation.line(diagnostic.help())).append('\n');
    }
}
