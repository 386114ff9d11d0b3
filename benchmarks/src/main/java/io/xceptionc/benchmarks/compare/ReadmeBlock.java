package io.xceptionc.benchmarks.compare;

/** The part of a Markdown file that this tool writes. */
final class ReadmeBlock {

    /** The line that stands before the part. */
    static final String BEGIN = "<!-- benchmarks: written by benchmarks/compare --readme -->";
    /** The line that stands after it. */
    static final String END = "<!-- /benchmarks -->";

    private ReadmeBlock() {}

    /**
     * The file's text with another part between the two lines.
     *
     * @throws IllegalArgumentException if the text has not exactly these two lines, one after the other
     */
    static String replace(String text, String part) {
        int begin = only(text, BEGIN);
        int end = only(text, END);
        if (end < begin) {
            throw new IllegalArgumentException("'" + END + "' stands before '" + BEGIN + "'");
        }
        return text.substring(0, begin + BEGIN.length()) + "\n" + part.strip() + "\n" + text.substring(end);
    }

    private static int only(String text, String marker) {
        int index = text.indexOf(marker);
        if (index < 0 || text.indexOf(marker, index + 1) >= 0) {
            throw new IllegalArgumentException("there must be one line '" + marker + "'");
        }
        return index;
    }
}
