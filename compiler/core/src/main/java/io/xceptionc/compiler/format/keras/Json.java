package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A value of a JSON document. Whatever is asked of a value that is not so is absent, as is what is asked of the absent.
 *
 * @param value a {@code Map}, {@code List}, {@code String}, {@code Double} or {@code Boolean}; null if it is absent or null
 */
public record Json(Object value) {

    /** What is not there. */
    public static final Json ABSENT = new Json(null);

    private static final int DEEPEST = 100;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NAME = 10_000;

    /** A large network has ten thousand. */
    private static final int MOST_VALUES = 1_000_000;

    /** Python writes numbers that are not finite as {@code NaN} and {@code Infinity}. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(100)
                    .maxNameLength(LONGEST_NAME).maxStringLength(LONGEST_TEXT).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.CANONICALIZE_PROPERTY_NAMES).disable(JsonFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    /**
     * Parses a document.
     *
     * @param file where it is from, for messages
     * @param what what it is called there
     * @throws InvalidInputException if it is not JSON in UTF-8, names a member twice, or is too deep or too long
     */
    public static Json parse(MappedFile file, String what, byte[] utf8) throws InvalidInputException {
        InputStreamReader reader =
                new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), reader)) {
            Reader values = new Reader(parser);
            parser.nextToken();
            Json document = new Json(values.value());
            if (parser.nextToken() == null) {
                return document;
            }
        } catch (JacksonException | IllegalStateException malformed) {
            // One message for all: people do not write this by hand.
        }
        throw file.damaged("has a " + what + " that is not valid JSON, or too deep or too long", KerasFile.HELP);
    }

    /** Reads values, counting them. */
    private static final class Reader {

        private final JsonParser parser;
        private int count;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        /** The value that begins at the current token. */
        Object value() {
            JsonToken token = parser.currentToken();
            if (token == null || ++count > MOST_VALUES) {
                throw new IllegalStateException();
            }
            return switch (token) {
                case START_OBJECT -> members();
                case START_ARRAY -> elements();
                case VALUE_STRING -> parser.getString();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                        throw new IllegalStateException();
            };
        }

        private Map<String, Json> members() {
            Map<String, Json> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (members.putIfAbsent(name, new Json(value())) != null) {
                    throw new IllegalStateException();
                }
            }
            return members;
        }

        private List<Json> elements() {
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(new Json(value()));
            }
            return elements;
        }
    }

    /** A member of an object. */
    public Json get(String name) {
        return members().getOrDefault(name, ABSENT);
    }

    /** An element of a list. */
    public Json get(int index) {
        return index >= 0 && index < elements().size() ? elements().get(index) : ABSENT;
    }

    /** Whether there is something other than null. */
    public boolean isPresent() {
        return value != null;
    }

    /** The members of an object, in their order. */
    @SuppressWarnings("unchecked") // The parser makes no other maps.
    public Map<String, Json> members() {
        return value instanceof Map<?, ?> ? (Map<String, Json>) value : Map.of();
    }

    /** The elements of a list. */
    @SuppressWarnings("unchecked") // The parser makes no other lists.
    public List<Json> elements() {
        return value instanceof List<?> ? (List<Json>) value : List.of();
    }

    /** Whether it is a list. */
    public boolean isList() {
        return value instanceof List<?>;
    }

    /** A text. */
    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A number. */
    public Optional<Double> number() {
        return value instanceof Double number ? Optional.of(number) : Optional.empty();
    }

    /** A whole number that is an {@code int}. */
    public Optional<Integer> integer() {
        return number().filter(number -> number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE)
                .map(Double::intValue);
    }

    /** A truth value. */
    public Optional<Boolean> truth() {
        return value instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
    }
}
