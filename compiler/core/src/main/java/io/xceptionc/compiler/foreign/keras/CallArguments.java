package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.keras.LayerCall.Source;
import io.xceptionc.compiler.format.keras.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a layer is called with.
 *
 * @param positional in order, {@link #RESULT} for each result of another layer
 * @param keywords by name
 */
record CallArguments(List<Json> positional, Map<String, Json> keywords) {

    /** Stands for a result of another layer. */
    static final Json RESULT = Json.unique();

    CallArguments {
        positional = List.copyOf(positional);
        keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }

    /** An argument by its place, or else by one of its names. */
    Json get(int index, String... names) {
        Json value = index < positional.size() ? positional.get(index) : Json.ABSENT;
        for (String name : names) {
            value = value.isPresent() ? value : keywords.getOrDefault(name, Json.ABSENT);
        }
        return value;
    }

    /** Reads arguments as a config has them. */
    static final class Reader {

        private static final String KERAS_TENSOR = "__keras_tensor__";
        private static final String CONSTANT = "_CONSTANT_VALUE";

        private final boolean isOperation;
        private final List<Source> sources = new ArrayList<>();
        private final List<Json> positional = new ArrayList<>();
        private final Map<String, Json> keywords = new LinkedHashMap<>();

        /** Of a layer, or of an operation on tensors, which may read results as keywords, too. */
        Reader(boolean isOperation) {
            this.isOperation = isOperation;
        }

        /** The results of other layers that it reads. */
        List<Source> sources() {
            return List.copyOf(sources);
        }

        /** Keras 2: {@code [[name, index, 0, {keyword: value}], ...]}, or the inner list alone. */
        CallArguments listed(Json node) throws CannotImportException {
            List<Json> references = node.get(0).text().isPresent() ? List.of(node) : node.elements();
            for (Json reference : references) {
                if (isOperation && reference.get(0).text().filter(CONSTANT::equals).isPresent()) {
                    positional.add(reference.get(2));
                } else {
                    sources.add(Source.of(reference));
                    positional.add(RESULT);
                }
                for (Map.Entry<String, Json> keyword : reference.get(3).members().entrySet()) {
                    keywords.put(keyword.getKey(), keyword(keyword.getValue()));
                }
            }
            return new CallArguments(positional, keywords);
        }

        private Json keyword(Json value) throws CannotImportException {
            if (value.get(0).text().isEmpty() || value.get(1).integer().isEmpty()) {
                return value;
            }
            if (!isOperation) {
                throw readsKeyword();
            }
            sources.add(Source.of(value));
            return RESULT;
        }

        /** Keras 3: {@code {args: [tensor or list of tensors], kwargs: {...}}}. */
        CallArguments named(Json node) throws CannotImportException {
            for (Json argument : node.get("args").elements()) {
                positional.add(collected(argument));
            }
            int count = sources.size();
            for (Map.Entry<String, Json> keyword : node.get("kwargs").members().entrySet()) {
                keywords.put(keyword.getKey(), collected(keyword.getValue()));
            }
            if (sources.size() > count && !isOperation) {
                throw readsKeyword();
            }
            return new CallArguments(positional, keywords);
        }

        /** The depth of documents is bounded, and with it that of this. */
        private Json collected(Json value) throws CannotImportException {
            if (value.get("class_name").text().filter(KERAS_TENSOR::equals).isPresent()) {
                sources.add(Source.of(value.get("config").get("keras_history")));
                return RESULT;
            }
            for (Json element : value.elements()) {
                collected(element);
            }
            for (Map.Entry<String, Json> member : value.members().entrySet()) {
                collected(member.getValue());
            }
            return value;
        }

        private static CannotImportException readsKeyword() {
            return new CannotImportException("it is called with another layer's result as a keyword", "");
        }
    }
}
