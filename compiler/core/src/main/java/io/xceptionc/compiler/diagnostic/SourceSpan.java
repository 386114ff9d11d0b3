package io.xceptionc.compiler.diagnostic;

/**
 * A stretch of one line of an input file.
 *
 * @param file the file's name as the user gave it
 * @param line the line, counted from 1; 0 if the whole file is meant
 * @param column the first column, counted from 1 in Unicode code points
 * @param length the number of code points, at least 1
 */
public record SourceSpan(String file, int line, int column, int length) {

    public SourceSpan {
        if (line < 0 || column < 0 || length < 1) {
            throw new IllegalArgumentException("no span: " + line + ":" + column + "+" + length);
        }
    }

    /** The whole of a file, for problems without a place in it. */
    public static SourceSpan ofFile(String file) {
        return new SourceSpan(file, 0, 0, 1);
    }

    /** {@code file:line:column}, or the file alone. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
