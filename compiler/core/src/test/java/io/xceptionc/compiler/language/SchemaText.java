package io.xceptionc.compiler.language;

import static java.util.stream.Collectors.joining;

import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.AttributeType;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.Default;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.LineType;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.language.attribute.NumbersType;
import io.xceptionc.compiler.language.attribute.PaddingType;
import io.xceptionc.compiler.language.attribute.PairType;
import io.xceptionc.compiler.language.attribute.ReferencesType;
import io.xceptionc.compiler.language.attribute.ShapeType;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema of the spec language, made from the table of its keywords. */
final class SchemaText {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_LINE = 116;
    private static final Map<String, Object> VARIABLE = ref("variable");
    private static final String DECIMAL = "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?";

    private SchemaText() {}

    /** The whole schema. */
    static String write() {
        Map<String, Object> schema = object("$schema", "https://json-schema.org/draft/2020-12/schema", "$id",
                "urn:xceptionc:spec", "title", "xceptionc spec", "description",
                "A network that xceptionc compiles to Java.");
        schema.putAll(keyword(Structure.SPEC, false));
        schema.put("$defs", definitions());
        return json(schema, "") + "\n";
    }

    /** What fits on a line stands on one. */
    private static String json(Object value, String indent) {
        String line = JSON.writeValueAsString(value);
        if (indent.length() + line.length() <= LONGEST_LINE || !(value instanceof Map || value instanceof List)) {
            return line;
        }
        String inner = indent + "  ";
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> inner + JSON.writeValueAsString(entry.getKey()) + ": "
                                + json(entry.getValue(), inner))
                        .collect(joining(",\n", "{\n", "\n" + indent + "}"))
                : ((List<?>) value).stream().map(item -> inner + json(item, inner))
                        .collect(joining(",\n", "[\n", "\n" + indent + "]"));
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("variable", object("type", "string", "pattern", "\\$\\{.*\\}", "description",
                "The value of a variable, ${name}, or of integers, + - * and parentheses."));
        definitions.put("layers", object("type", "array", "items", ref("layer")));
        definitions.put("layer", layer());
        definitions.put("input", keyword(Structure.INPUT, false));
        definitions.put("weights", keyword(Structure.WEIGHTS, false));
        definitions.put("resize", keyword(Structure.RESIZE, false));
        definitions.put("arrays", keyword(Structure.ARRAYS, false));
        definitions.put("outputs", keyword(Structure.OUTPUTS, false));
        definitions.put("blocks", keyword(Structure.BLOCKS, false));
        for (Structure structure : Structure.values()) {
            if (structure.isLayer()) {
                definitions.put(structure.word(), keyword(structure, true));
            }
        }
        for (Operator operator : Operators.ALL) {
            definitions.put(operator.word(), operator(operator));
        }
        return definitions;
    }

    /** An operator's word alone, a mapping with one word as its key, or a structure with its attributes beside it. */
    private static Map<String, Object> layer() {
        List<String> words = Operators.words();
        Map<String, Object> calls = new LinkedHashMap<>();
        words.forEach(word -> calls.put(word, ref(word)));
        calls.put(Structure.RESIDUAL.word(), ref(Structure.RESIDUAL.word()));
        calls.put(Structure.BRANCHES.word(), ref(Structure.BRANCHES.word()));
        return object("anyOf", List.of(object("enum", words),
                object("type", "object", "properties", calls, "additionalProperties", false, "minProperties", 1,
                        "maxProperties", 1),
                ref(Structure.REPEAT.word()), ref(Structure.BLOCK.word())));
    }

    private static Map<String, Object> operator(Operator operator) {
        Map<String, Object> schema = keyword(operator, true);
        schema.put("type", List.of("object", "null"));
        schema.remove("required");
        return schema;
    }

    private static Map<String, Object> keyword(Keyword keyword, boolean mayUseVariables) {
        Map<String, Object> properties = new LinkedHashMap<>();
        keyword.attributes()
                .forEach(attribute -> properties.put(attribute.name(), attribute(attribute, mayUseVariables)));
        List<String> required =
                keyword.attributes().stream().filter(Attribute::isRequired).map(Attribute::name).toList();
        Map<String, Object> schema = object("description", keyword.description(), "type", "object", "properties",
                properties, "additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> attribute(Attribute<?> attribute, boolean mayUseVariables) {
        Map<String, Object> schema = object("description", attribute.description());
        if (attribute.byDefault() instanceof Default.Literal(String text)) {
            schema.put("default", defaultValue(text));
        }
        boolean isScalar = !(attribute.type() instanceof StructureType);
        schema.putAll(mayUseVariables && isScalar ? anyOf(type(attribute.type()), VARIABLE) : type(attribute.type()));
        return schema;
    }

    private static Object defaultValue(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text.matches("[0-9]+")
                    ? (Object) Integer.valueOf(text)
                    : text.matches("[0-9.]+") ? (Object) Double.valueOf(text) : text;
        };
    }

    private static Map<String, Object> type(AttributeType<?> type) {
        return switch (type) {
            case IntegerType integer ->
                    object("type", "integer", "minimum", integer.least(), "maximum", integer.greatest());
            case NumberType number -> number(number);
            case NumbersType numbers -> anyOf(number(numbers.each()),
                    object("type", "array", "items", number(numbers.each()), "minItems", 1));
            case BooleanType _ -> object("type", "boolean");
            case ChoiceType choice -> object("enum", choice.words());
            case WordType word -> word(word);
            case LineType line ->
                    object("type", List.of("string", "number", "boolean"), "minLength", 1, "maxLength", line.longest());
            case ReferencesType _ ->
                    object("type", "array", "items", anyOf(word(WordType.LAYER_NAME), VARIABLE), "minItems", 2);
            case PairType pair -> anyOf(type(pair.each()), list(2, pair.each()));
            case PaddingType padding -> padding(padding);
            case ShapeType _ -> object("type", "array", "prefixItems",
                    List.of(type(ShapeType.SIDE), type(ShapeType.SIDE), type(ShapeType.CHANNELS)), "minItems", 3,
                    "maxItems", 3);
            case StructureType structure -> structure(structure);
        };
    }

    private static Map<String, Object> number(NumberType type) {
        return anyOf(object("type", "number", "minimum", type.least(), "maximum", type.greatest()),
                object("type", "string", "pattern", "^" + DECIMAL + " */ *" + DECIMAL + "$", "description",
                        "a fraction"));
    }

    private static Map<String, Object> word(WordType type) {
        return object("type", "string", "pattern", "^" + type.pattern() + "$", "maxLength", type.longest());
    }

    private static Map<String, Object> padding(PaddingType type) {
        List<Map<String, Object>> choices = new ArrayList<>();
        if (type.hasWords()) {
            choices.add(object("enum", List.of("valid", "same")));
        }
        choices.add(type(type.side()));
        choices.add(list(2, type.side()));
        choices.add(list(4, type.side()));
        return object("anyOf", choices);
    }

    private static Map<String, Object> list(int length, AttributeType<?> each) {
        return object("type", "array", "items", anyOf(type(each), VARIABLE), "minItems", length, "maxItems", length);
    }

    private static Map<String, Object> structure(StructureType type) {
        return switch (type) {
            case LAYERS -> ref("layers");
            case PATHS -> object("type", "array", "items", ref("layers"), "minItems", 2);
            case INPUT -> ref("input");
            case WEIGHTS -> anyOf(type(DocumentAttributes.CONVENTION.type()), ref("weights"));
            case RENAME -> object("type", "object", "additionalProperties",
                    object("type", List.of("string", "number", "boolean")), "maxProperties", 64);
            case RESIZE -> anyOf(type(DocumentAttributes.METHOD.type()), ref("resize"));
            case ARRAYS -> anyOf(type(DocumentAttributes.ARRAY_VALUES.type()), ref("arrays"));
            case LABELS ->
                    anyOf(object("type", "array", "items", object("type", List.of("string", "number", "boolean"))),
                            object("type", "string"));
            case OUTPUTS -> anyOf(
                    object("type", "array", "items", word(WordType.LAYER_NAME), "minItems", 1, "maxItems", 100),
                    outputs());
            case DEFAULTS -> defaults();
            case BLOCKS -> named(WordType.BLOCK_NAME, ref("blocks"));
            case PARAMETERS -> anyOf(object("type", "array", "items", word(WordType.VARIABLE_NAME)),
                    named(WordType.VARIABLE_NAME, parameterValue()));
            case PARAMETER_VALUES -> named(WordType.VARIABLE_NAME, parameterValue());
        };
    }

    private static Map<String, Object> outputs() {
        Map<String, Object> outputs = named(WordType.LAYER_NAME, anyOf(word(WordType.LAYER_NAME), ref("outputs")));
        outputs.put("minProperties", 1);
        outputs.put("maxProperties", 100);
        return outputs;
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> operators = new LinkedHashMap<>();
        Operators.ALL.forEach(operator -> operators.put(operator.word(), ref(operator.word())));
        Map<String, Object> withoutIndividual =
                object("type", "object", "properties", object("name", false, "input", false, "inputs", false));
        return object("type", "object", "properties", operators, "additionalProperties", false, "allOf",
                List.of(object("additionalProperties", withoutIndividual)));
    }

    private static Map<String, Object> parameterValue() {
        return object("type", List.of("string", "number", "boolean", "array", "null"));
    }

    private static Map<String, Object> named(WordType name, Map<String, Object> value) {
        return object("type", "object", "propertyNames", word(name), "additionalProperties", value);
    }

    private static Map<String, Object> anyOf(Map<String, Object> first, Map<String, Object> second) {
        return object("anyOf", List.of(first, second));
    }

    private static Map<String, Object> ref(String definition) {
        return object("$ref", "#/$defs/" + definition);
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}
