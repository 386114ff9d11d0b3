package io.xceptionc.compiler.language;

import static java.util.stream.Collectors.joining;

import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.Default;
import java.util.List;

/** The part of the reference that the table of keywords settles. */
final class ReferenceText {

    private ReferenceText() {}

    /** A keyword's heading, description and attributes, up to its example. */
    static String section(Keyword keyword) {
        return heading(keyword) + "\n\n" + keyword.description() + "\n\n" + table(keyword);
    }

    /** How a keyword's section begins. */
    static String heading(Keyword keyword) {
        return "### `" + keyword.word() + "`";
    }

    private static String table(Keyword keyword) {
        List<Attribute<?>> own = keyword.attributes().stream().<Attribute<?>>map(attribute -> attribute)
                .filter(attribute -> !(keyword instanceof Operator) || !isCommon(attribute)).toList();
        return own.isEmpty()
                ? ""
                : "| attribute | value | default | meaning |\n|---|---|---|---|\n"
                        + own.stream().map(ReferenceText::row).collect(joining("\n")) + "\n\n";
    }

    /** Those that all operators have are described once. */
    private static boolean isCommon(Attribute<?> attribute) {
        return attribute.equals(LayerAttributes.NAME) || attribute.equals(LayerAttributes.INPUT);
    }

    private static String row(Attribute<?> attribute) {
        String byDefault = switch (attribute.byDefault()) {
            case Default.Required _ -> "required";
            case Default.Literal(String text) -> "`" + text + "`";
            case Default.Described(String text) -> text;
        };
        return "| `" + attribute.name() + "` | " + attribute.type().describe() + " | " + byDefault + " | "
                + attribute.description() + " |";
    }
}
