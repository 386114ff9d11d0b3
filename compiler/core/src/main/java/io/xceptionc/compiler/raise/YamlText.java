package io.xceptionc.compiler.raise;

import java.util.Set;
import java.util.regex.Pattern;

/** Writes values so that YAML reads them as they are, with quotes only where it must have them. */
final class YamlText {

    /** Words, numbers, fractions, and lists of numbers. */
    private static final Pattern PLAIN =
            Pattern.compile("-?[A-Za-z0-9_.][A-Za-z0-9_./+-]*|\\[-?[0-9.e/+-]+(, -?[0-9.e/+-]+)*]");

    private static final Set<String> NULLS = Set.of("null", "Null", "NULL");

    private YamlText() {}

    /** A value; a list only if it is one of numbers. */
    static String of(String value) {
        return PLAIN.matcher(value).matches() && !NULLS.contains(value) ? value : quoted(value);
    }

    /** Any text. */
    static String ofLabel(String label) {
        return Pattern.matches("[A-Za-z][A-Za-z0-9_]*( [A-Za-z0-9_]+)*", label) && !NULLS.contains(label)
                ? label
                : quoted(label);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
