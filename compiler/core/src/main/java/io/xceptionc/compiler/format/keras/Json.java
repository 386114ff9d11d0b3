package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A value of a JSON document. Whatever is asked of a value that is not so is absent, as is what is asked of the absent.
 */
public record Json(JsonNode value) {

    /** What is not there. */
    public static final Json ABSENT = new Json(MissingNode.getInstance());

    private static final int DEEPEST = 100;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NAME = 10_000;

    /** Of values, names, and ends of objects and lists; a large network has some ten thousand. */
    private static final int MOST_TOKENS = 2_000_000;

    /** Python writes numbers that are not finite as {@code NaN} and {@code Infinity}. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(100)
                    .maxNameLength(LONGEST_NAME).maxStringLength(LONGEST_TEXT).maxTokenCount(MOST_TOKENS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.CANONICALIZE_PROPERTY_NAMES).disable(JsonFactory.Feature.INTERN_PROPERTY_NAMES)
            .build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /**
     * Parses a document.
     *
     * @param file where it is from, for messages
     * @param what what it is called there
     * @throws InvalidInputException if it is not JSON in UTF-8, names a member twice, or is too deep or too long
     */
    public static Json parse(MappedFile file, String what, byte[] utf8) throws InvalidInputException {
        try {
            JsonNode document = JSON.readTree(
                    new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder()));
            if (!document.isMissingNode()) {
                return new Json(document);
            }
        } catch (JacksonException _) {
            // One message for all: people do not write this by hand.
        }
        throw file.damaged("has a " + what + " that is not valid JSON, or too deep or too long", KerasFile.HELP);
    }

    /** A text. */
    public static Json of(String text) {
        return new Json(StringNode.valueOf(text));
    }

    /** A list. */
    public static Json of(List<Json> elements) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        elements.forEach(element -> list.add(element.value));
        return new Json(list);
    }

    /** An object. */
    public static Json of(Map<String, Json> members) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        members.forEach((name, member) -> object.set(name, member.value));
        return new Json(object);
    }

    /** What is there, equals nothing else, and is neither text nor number nor anything else that a document can say. */
    public static Json unique() {
        return new Json(JsonNodeFactory.instance.pojoNode(new Object()));
    }

    /** A member of an object. */
    public Json get(String name) {
        return new Json(value.path(name));
    }

    /** An element of a list. */
    public Json get(int index) {
        return new Json(value.path(index));
    }

    /** This, or something else in its place if it is absent. */
    public Json or(Json otherwise) {
        return isPresent() ? this : otherwise;
    }

    /** Whether there is something other than null. */
    public boolean isPresent() {
        return !value.isMissingNode() && !value.isNull();
    }

    /** The members of an object, in their order. */
    public Map<String, Json> members() {
        Map<String, Json> members = new LinkedHashMap<>();
        value.properties().forEach(member -> members.put(member.getKey(), new Json(member.getValue())));
        return members;
    }

    /** The elements of a list. */
    public List<Json> elements() {
        return isList() ? value.values().stream().map(Json::new).toList() : List.of();
    }

    /** Whether it is a list. */
    public boolean isList() {
        return value.isArray();
    }

    /** A text. */
    public Optional<String> text() {
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** A number. */
    public Optional<Double> number() {
        return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
    }

    /** A whole number that is an {@code int}. */
    public Optional<Integer> integer() {
        return number().filter(number -> number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE)
                .map(Double::intValue);
    }

    /** A truth value. */
    public Optional<Boolean> truth() {
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }
}
