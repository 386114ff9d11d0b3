package io.xceptionc.compiler.diagnostic;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text from an input file, made so that it can neither break a line nor command a terminal. */
public final class Quotation {

    private static final int LONGEST = 200;
    private static final int MOST_LISTED = 5;

    private static final int REPLACEMENT = 0xFFFD;

    private Quotation() {}

    /** {@code 'text'}: what is not visible is escaped, what is overlong is cut. */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("'");
        int[] codePoints = text.codePoints().limit(LONGEST + 1L).toArray();
        for (int i = 0; i < Math.min(codePoints.length, LONGEST); i++) {
            append(quoted, codePoints[i]);
        }
        return quoted.append(codePoints.length > LONGEST ? "...'" : "'").toString();
    }

    /** The text with a mark in place of each character that is not visible, so that columns stay as they are. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(codePoint -> isVisible(codePoint) ? codePoint : REPLACEMENT)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    /** The same, cut if it is overlong. */
    public static String brief(String text) {
        int end = text.codePointCount(0, text.length()) > LONGEST ? text.offsetByCodePoints(0, LONGEST) : text.length();
        return line(text.substring(0, end)) + (end < text.length() ? "..." : "");
    }

    /** {@code ['a', 'b']}, of which only the first few are named. */
    public static String list(List<String> texts) {
        return texts.stream().limit(MOST_LISTED).map(Quotation::of)
                .collect(Collectors.joining(", ", "[", texts.size() > MOST_LISTED ? ", ...]" : "]"));
    }

    private static void append(StringBuilder quoted, int codePoint) {
        if (isVisible(codePoint)) {
            quoted.appendCodePoint(codePoint);
        } else {
            quoted.append(String.format(Locale.ROOT, "\\u{%x}", codePoint));
        }
    }

    /** Whether a character can neither break a line nor command a terminal. */
    public static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
