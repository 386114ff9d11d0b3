package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * The index of a model in several safetensors files: {@code {"weight_map": {name: file, ...}, ...}}.
 *
 * @param shards the file of each tensor, by name, in the order of the index
 * @see <a href="https://huggingface.co/docs/safetensors/index">safetensors</a>
 */
record ShardIndex(Map<String, String> shards) {

    static final String HELP = "the index is damaged; save or download it again, with its shards";

    private static final String WEIGHT_MAP = "weight_map";
    private static final int LARGEST = 32 << 20;
    private static final int MOST_TENSORS = 100_000;
    private static final int MOST_SHARDS = 1000;
    private static final int LONGEST_TEXT = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(100)
                    .maxNameLength(LONGEST_TEXT).maxStringLength(LONGEST_TEXT).build())
            .disable(JsonFactory.Feature.CANONICALIZE_PROPERTY_NAMES).disable(JsonFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    ShardIndex {
        shards = Collections.unmodifiableMap(new LinkedHashMap<>(shards));
    }

    /** The names of the files, each once. */
    Set<String> files() {
        return new LinkedHashSet<>(shards.values());
    }

    /**
     * Reads an index.
     *
     * @throws InvalidInputException if the file is none
     */
    static ShardIndex read(MappedFile file) throws InvalidInputException {
        if (file.byteSize() > LARGEST) {
            throw damaged(file, "is an index of " + file.byteSize() + " bytes, more than the " + LARGEST + " allowed");
        }
        byte[] text = file.bytes(0, (int) file.byteSize());
        // A decoder of its own, because Jackson would also take UTF-16 and malformed UTF-8.
        InputStreamReader reader =
                new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), reader)) {
            ShardIndex index = new ShardIndex(shards(file, parser));
            if (index.files().size() > MOST_SHARDS) {
                throw damaged(file, "has more than " + MOST_SHARDS + " shards");
            }
            return index;
        } catch (StreamConstraintsException unbounded) {
            throw damaged(file, "nests too deep, or has too long a name or number");
        } catch (JacksonException notJson) {
            throw damaged(file, "is no valid JSON, as the index of several safetensors files is"
                    + (notJson.getLocation() == null ? "" : ", at line " + notJson.getLocation().getLineNr()));
        }
    }

    private static Map<String, String> shards(MappedFile file, JsonParser parser) throws InvalidInputException {
        Map<String, String> shards = new LinkedHashMap<>();
        boolean found = false;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isMap = parser.currentName().equals(WEIGHT_MAP);
            JsonToken value = parser.nextToken();
            if (!isMap) {
                parser.skipChildren();
                continue;
            }
            if (found || value != JsonToken.START_OBJECT) {
                throw damaged(file, found ? "has two weight_maps" : "has a weight_map that is no object");
            }
            found = true;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                putShard(file, parser, shards);
            }
        }
        if (parser.nextToken() != null) {
            throw damaged(file, "has more than one value, where the index of several safetensors files has one");
        }
        if (shards.isEmpty()) {
            throw file.damaged("is JSON without a weight_map, and so not the index of several safetensors files",
                    "give the file that ends in .safetensors.index.json, or a weights file");
        }
        return shards;
    }

    private static void putShard(MappedFile file, JsonParser parser, Map<String, String> shards)
            throws InvalidInputException {
        String tensor = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
            throw damaged(file, "gives no file name for the tensor " + Quotation.of(tensor));
        }
        String shard = parser.getString();
        if (shard.isEmpty() || shard.equals(".") || shard.equals("..") || shard.matches("(?s).*[/\\\\:\\x00].*")) {
            throw damaged(file, "has the tensor " + Quotation.of(tensor) + " in " + Quotation.of(shard)
                    + ", which is no file of its own folder");
        }
        if (shards.put(tensor, shard) != null) {
            throw damaged(file, "has the tensor " + Quotation.of(tensor) + " twice");
        }
        if (shards.size() > MOST_TENSORS) {
            throw damaged(file, "has more than " + MOST_TENSORS + " tensors");
        }
    }

    private static InvalidInputException damaged(MappedFile file, String message) {
        return file.damaged(message, HELP);
    }
}
