package io.xceptionc.examples.http;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads requests for inference, value by value, so that a tensor's text is never in memory as a whole.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md">The
 *      protocol's "Inference Request JSON Object"</a>
 */
final class RequestReader {

    private static final int LONGEST_TEXT = 1000;
    private static final int MOST_INPUTS = 16;
    private static final int DECODED_CHARACTERS = 8192;
    /** What the parser's messages say of its settings, which are none of the client's. */
    private static final Pattern PARSER_SETTING =
            Pattern.compile(", from `[^`]*`|: enable `[^`]*` to allow| \\(or '[^']*'\\)");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(100)
                    .maxNameLength(LONGEST_TEXT).maxStringLength(LONGEST_TEXT).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_PROPERTY_NAMES).disable(JsonFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final JsonParser parser;

    private RequestReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a request to the end.
     *
     * @throws RequestProblem if it is none
     */
    static InferenceRequest read(byte[] body) {
        // A decoder of its own, because Jackson would also take UTF-16 and malformed UTF-8.
        InputStreamReader text =
                new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new RequestReader(parser).request();
        } catch (JacksonIOException _) { // which only the decoder can be the cause of
            throw RequestProblem
                    .wrong("the request is no UTF-8: its byte " + malformedByte(body) + " belongs to no character");
        } catch (JacksonException notJson) {
            throw RequestProblem.wrong("the request is no JSON that can be read: "
                    + PARSER_SETTING.matcher(notJson.getOriginalMessage()).replaceAll("") + place(notJson));
        }
    }

    /** The place of the first byte that is not UTF-8, from 0. */
    private static int malformedByte(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer characters = CharBuffer.allocate(DECODED_CHARACTERS);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        while (decoder.decode(bytes, characters, true).isOverflow()) {
            characters.clear();
        }
        return bytes.position();
    }

    private static String place(JacksonException problem) {
        return problem.getLocation() == null
                ? ""
                : ", at line " + problem.getLocation().getLineNr() + ", column " + problem.getLocation().getColumnNr();
    }

    private InferenceRequest request() {
        Optional<String> id = Optional.empty();
        List<InputTensor> inputs = List.of();
        List<String> outputs = List.of();
        require(parser.nextToken(), JsonToken.START_OBJECT, "the request", "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String property = parser.currentName();
            parser.nextToken();
            switch (property) {
                case "id" -> id = Optional.of(text("id"));
                case "inputs" -> inputs = inputs();
                case "outputs" -> outputs = outputs();
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw RequestProblem.wrong("the request is more than one JSON object");
        }
        return new InferenceRequest(id, inputs, outputs);
    }

    private List<InputTensor> inputs() {
        List<InputTensor> inputs = new ArrayList<>();
        require(parser.currentToken(), JsonToken.START_ARRAY, "inputs", "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            inputs.add(input());
            if (inputs.size() > MOST_INPUTS) {
                throw RequestProblem.wrong("the request has more than " + MOST_INPUTS + " inputs");
            }
        }
        return inputs;
    }

    private InputTensor input() {
        Optional<String> name = Optional.empty();
        Optional<String> datatype = Optional.empty();
        Optional<List<Long>> shape = Optional.empty();
        Optional<TensorData> data = Optional.empty();
        require(parser.currentToken(), JsonToken.START_OBJECT, "an input", "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String property = parser.currentName();
            parser.nextToken();
            switch (property) {
                case "name" -> name = Optional.of(text("an input's name"));
                case "datatype" -> datatype = Optional.of(text("an input's datatype"));
                case "shape" -> shape = Optional.of(shape());
                case "data" -> data = Optional.of(data());
                default -> parser.skipChildren();
            }
        }
        String called = name.orElseThrow(() -> RequestProblem.wrong("an input has no name"));
        TensorData values = data.orElseThrow(() -> lacking(called, "data; only JSON carries it here"));
        return new InputTensor(called, datatype.orElseThrow(() -> lacking(called, "datatype")),
                shape.orElseThrow(() -> lacking(called, "shape")), values.values(), values.strange());
    }

    private static RequestProblem lacking(String input, String what) {
        return RequestProblem.wrong("input '" + input + "' has no " + what);
    }

    private List<String> outputs() {
        List<String> outputs = new ArrayList<>();
        require(parser.currentToken(), JsonToken.START_ARRAY, "outputs", "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken(), JsonToken.START_OBJECT, "an output", "an object");
            Optional<String> name = Optional.empty();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isName = parser.currentName().equals("name");
                parser.nextToken();
                if (isName) {
                    name = Optional.of(text("an output's name"));
                } else {
                    parser.skipChildren();
                }
            }
            outputs.add(name.orElseThrow(() -> RequestProblem.wrong("an output has no name")));
        }
        return outputs;
    }

    private List<Long> shape() {
        List<Long> shape = new ArrayList<>();
        require(parser.currentToken(), JsonToken.START_ARRAY, "a shape", "an array of integers");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "a shape", "an array of integers");
            shape.add(parser.getLongValue());
        }
        return shape;
    }

    /** Values as one array or in arrays for each dimension: row-major, the values' order is the same. */
    private TensorData data() {
        FloatList values = new FloatList();
        Optional<String> strange = Optional.empty();
        require(parser.currentToken(), JsonToken.START_ARRAY, "an input's data", "an array");
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token != null && token.isNumeric() && Float.isFinite(parser.getFloatValue())) {
                values.add(parser.getFloatValue());
            } else {
                strange = strange.or(() -> Optional.of(parser.getString()));
                parser.skipChildren();
            }
        }
        return new TensorData(values, strange);
    }

    private String text(String what) {
        require(parser.currentToken(), JsonToken.VALUE_STRING, what, "a string");
        return parser.getString();
    }

    private static void require(JsonToken actual, JsonToken wanted, String what, String kind) {
        if (actual != wanted) {
            throw RequestProblem.wrong(what + " must be " + kind);
        }
    }

    private record TensorData(FloatList values, Optional<String> strange) {}
}
