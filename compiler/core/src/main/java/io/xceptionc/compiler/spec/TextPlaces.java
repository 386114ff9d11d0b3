package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Turns the marks of the YAML engine into spans of one line, counted in code points. */
final class TextPlaces {

    private final String fileName;
    private final List<String> lines;

    TextPlaces(String fileName, String text) {
        this.fileName = fileName;
        this.lines = text.lines().toList();
    }

    /** The file, where nothing more is known. */
    SourceSpan wholeFile() {
        return SourceSpan.ofFile(fileName);
    }

    /** One character. */
    SourceSpan at(Mark mark) {
        return new SourceSpan(fileName, mark.getLine() + 1, mark.getColumn() + 1, 1);
    }

    /** What an event covers, as far as its first line. */
    SourceSpan at(Event event) {
        return between(event, event);
    }

    /** From the start of one event to the end of another, as far as the first line. */
    SourceSpan between(Event first, Event last) {
        Mark start = first.getStartMark().orElseThrow();
        Mark end = last.getEndMark().orElseThrow();
        int length = end.getLine() == start.getLine() ? end.getColumn() - start.getColumn() : restOfLine(start);
        return new SourceSpan(fileName, start.getLine() + 1, start.getColumn() + 1, Math.max(1, length));
    }

    private int restOfLine(Mark start) {
        String line = lines.size() <= start.getLine() ? "" : lines.get(start.getLine()).stripTrailing();
        return line.codePointCount(0, line.length()) - start.getColumn();
    }

    /** The line on which a span lies; empty if it lies behind the last one. */
    String line(SourceSpan span) {
        return span.line() >= 1 && span.line() <= lines.size() ? lines.get(span.line() - 1) : "";
    }

    /** The first character that YAML does not allow, also half of a surrogate pair. */
    Optional<SourceSpan> firstUnprintable() {
        for (int lineIndex = 0; lineIndex < lines.size(); lineIndex++) {
            int[] codePoints = lines.get(lineIndex).codePoints().toArray();
            for (int column = 0; column < codePoints.length; column++) {
                if (!StreamReader.isPrintable(codePoints[column])) {
                    return Optional.of(new SourceSpan(fileName, lineIndex + 1, column + 1, 1));
                }
            }
        }
        return Optional.empty();
    }
}
