package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.safetensors.SafetensorsHeader.Placed;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Parses the JSON header of a safetensors file: {@code {name: {dtype, shape, data_offsets: [begin, end]}, ...}}. */
final class SafetensorsHeaderParser {

    /** What looks like a tensor's name in the header but is not. */
    static final String METADATA = "__metadata__";

    private static final int MOST_TENSORS = 100_000;
    private static final int HIGHEST_RANK = 8;
    private static final int LONGEST_TEXT = 10_000;

    /** Depth 3 is what the format needs; the digits are those of the largest 64-bit number. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(3).maxNumberLength(20)
                    .maxNameLength(LONGEST_TEXT).maxStringLength(LONGEST_TEXT).build())
            .disable(JsonFactory.Feature.CANONICALIZE_PROPERTY_NAMES).disable(JsonFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final MappedFile file;
    private final Set<String> names = new HashSet<>();
    private final List<Placed> tensors = new ArrayList<>();

    SafetensorsHeaderParser(MappedFile file) {
        this.file = file;
    }

    /** The tensors in the order of the header; each one's bytes fit its shape and type, but not yet the file. */
    List<Placed> parse(byte[] header) throws InvalidInputException {
        // A decoder of its own, because Jackson would also take UTF-16 and malformed UTF-8.
        InputStreamReader reader =
                new InputStreamReader(new ByteArrayInputStream(header), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), reader)) {
            try {
                require(parser, parser.nextToken(), JsonToken.START_OBJECT, "the header");
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    member(parser, parser.currentName());
                }
                if (parser.nextToken() != null) {
                    throw malformed("has more than one value in its header");
                }
            } catch (StreamConstraintsException unbounded) {
                throw malformed("has a header that nests too deep or has too long a name or number"
                        + at(parser.currentLocation()));
            } catch (JacksonIOException unreadable) {
                throw malformed("has a header that is not valid UTF-8");
            } catch (JacksonException notJson) {
                throw malformed("has a header that is not valid JSON" + at(parser.currentLocation()));
            }
        }
        return tensors;
    }

    private void member(JsonParser parser, String name) throws InvalidInputException {
        if (!names.add(name)) {
            throw malformed("has two tensors called " + Quotation.of(name));
        }
        require(parser, parser.nextToken(), JsonToken.START_OBJECT, Quotation.of(name));
        if (name.equals(METADATA)) {
            skipMetadata(parser);
        } else if (tensors.size() == MOST_TENSORS) {
            throw malformed("has more than " + MOST_TENSORS + " tensors");
        } else {
            tensors.add(tensor(parser, name));
        }
    }

    private void skipMetadata(JsonParser parser) throws InvalidInputException {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            require(parser, parser.nextToken(), JsonToken.VALUE_STRING, "each value of " + METADATA);
        }
    }

    private Placed tensor(JsonParser parser, String name) throws InvalidInputException {
        String quoted = Quotation.of(name);
        ElementType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            boolean isNew = switch (key) {
                case "dtype" -> type == null;
                case "shape" -> shape == null;
                case "data_offsets" -> offsets == null;
                default -> throw malformed("has the unknown key " + Quotation.of(key) + " at the tensor " + quoted);
            };
            if (!isNew) {
                throw malformed("gives " + key + " of the tensor " + quoted + " twice");
            }
            switch (key) {
                case "dtype" -> type = elementType(parser, quoted);
                case "shape" -> shape = numbers(parser, HIGHEST_RANK, "the shape of " + quoted);
                default -> offsets = numbers(parser, 2, "the data_offsets of " + quoted);
            }
        }
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw malformed("does not give dtype, shape and two data_offsets of the tensor " + quoted);
        }
        return placed(new TensorInfo(name, type, shape), offsets.getFirst(), offsets.getLast());
    }

    private ElementType elementType(JsonParser parser, String quoted) throws InvalidInputException {
        require(parser, parser.nextToken(), JsonToken.VALUE_STRING, "the dtype of " + quoted);
        String dtype = parser.getString();
        Optional<ElementType> known =
                Arrays.stream(ElementType.values()).filter(type -> type.name().equals(dtype)).findFirst();
        if (known.isEmpty()) {
            throw file.problem(DiagnosticCode.E304,
                    "has the tensor " + quoted + " of the unknown dtype " + Quotation.of(dtype),
                    "known are " + Arrays.toString(ElementType.values()));
        }
        return known.get();
    }

    private List<Long> numbers(JsonParser parser, int most, String what) throws InvalidInputException {
        require(parser, parser.nextToken(), JsonToken.START_ARRAY, what);
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "each number in " + what);
            if (numbers.size() == most) {
                throw malformed("has more than " + most + " numbers in " + what);
            }
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
                throw malformed("has the number " + parser.getString() + " in " + what + ", which is out of range");
            }
            numbers.add(parser.getLongValue());
        }
        return numbers;
    }

    private Placed placed(TensorInfo info, long begin, long end) throws InvalidInputException {
        String described = "the tensor " + Quotation.of(info.name()) + " " + info.type() + " " + info.shape();
        long byteCount;
        try {
            byteCount = info.byteCount();
        } catch (ArithmeticException overflow) {
            throw malformed("has " + described + ", of more bytes than there can be");
        }
        if (end < begin || end - begin != byteCount) {
            throw malformed(
                    "gives " + described + " the bytes " + begin + " to " + end + ", but it takes " + byteCount);
        }
        return new Placed(info, begin, end);
    }

    private void require(JsonParser parser, JsonToken actual, JsonToken expected, String what)
            throws InvalidInputException {
        if (actual != expected) {
            throw malformed("has a header in which " + what + " is no " + label(expected)
                    + at(parser.currentTokenLocation()));
        }
    }

    private static String at(TokenStreamLocation location) {
        return ", at character " + Math.max(0, location.getCharOffset());
    }

    private static String label(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "list";
            case VALUE_STRING -> "string";
            default -> "whole number";
        };
    }

    private InvalidInputException malformed(String message) {
        return file.damaged(message, SafetensorsHeader.HELP);
    }
}
