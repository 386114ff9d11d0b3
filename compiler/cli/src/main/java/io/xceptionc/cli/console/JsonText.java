package io.xceptionc.cli.console;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Prints answers as JSON, indented. */
public final class JsonText {

    private JsonText() {}

    /**
     * Prints one object, whose properties are written by the caller; escaped where the stream cannot take a character.
     */
    public static void print(Console console, Consumer<JsonGenerator> properties) {
        JsonFactory factory = JsonFactory.builder()
                .configure(JsonWriteFeature.ESCAPE_NON_ASCII, !console.takesUnicode()).build();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(new Indented(), text)) {
            json.writeStartObject();
            properties.accept(json);
            json.writeEndObject();
        }
        console.out().print(visible(text.toString()) + "\n");
    }

    /**
     * The same JSON with escapes in place of what could command a terminal, such as marks that turn the writing around.
     */
    private static String visible(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(codePoint -> {
            if (codePoint == '\n' || Quotation.isVisible(codePoint)) {
                text.appendCodePoint(codePoint);
            } else {
                for (char unit : Character.toChars(codePoint)) {
                    text.append("\\u%04X".formatted((int) unit));
                }
            }
        });
        return text.toString();
    }

    /** Writes a shape. */
    public static void shape(JsonGenerator json, String name, List<Integer> shape) {
        json.writeArrayPropertyStart(name);
        shape.forEach(json::writeNumber);
        json.writeEndArray();
    }

    /** Writes a number with three decimals. */
    public static void fixed(JsonGenerator json, String name, double number) {
        json.writeNumberProperty(name, new BigDecimal(Quantities.fixed(number)));
    }

    /** Writes a number with two digits; null if it is none. */
    public static void scientific(JsonGenerator json, String name, double number) {
        if (Double.isFinite(number)) {
            json.writeNumberProperty(name, new BigDecimal(Quantities.scientific(number)));
        } else {
            json.writeNullProperty(name);
        }
    }

    private static final class Indented extends ObjectWriteContext.Base {

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter(
                    PrettyPrinter.DEFAULT_SEPARATORS.withObjectNameValueSpacing(Separators.Spacing.AFTER));
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public int getStreamWriteFeatures(int defaults) {
            return defaults | StreamWriteFeature.AUTO_CLOSE_CONTENT.getMask();
        }
    }
}
