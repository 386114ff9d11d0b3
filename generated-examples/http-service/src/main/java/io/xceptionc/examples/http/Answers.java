package io.xceptionc.examples.http;

import io.xceptionc.runtime.ClassMap;
import io.xceptionc.runtime.ClassShare;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.PixelRule;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the bodies of responses. */
final class Answers {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int ANY_NUMBER = -1;

    private Answers() {}

    /** {@code {"error": message}}. */
    static byte[] error(String message) {
        return object(json -> json.writeStringProperty("error", message));
    }

    /** {@code {"live": true}}. */
    static byte[] live() {
        return object(json -> json.writeBooleanProperty("live", true));
    }

    /** {@code {"live": true, "ready": ready}}: the protocol's text names the first, its servers send the second. */
    static byte[] ready(boolean ready) {
        return object(json -> {
            json.writeBooleanProperty("live", true);
            json.writeBooleanProperty("ready", ready);
        });
    }

    /** {@code {"name": name, "ready": ready}}. */
    static byte[] modelReady(String name, boolean ready) {
        return object(json -> {
            json.writeStringProperty("name", name);
            json.writeBooleanProperty("ready", ready);
        });
    }

    /** {@code {"name": name, "version": version, "extensions": [extension, ...]}}. */
    static byte[] server(String name, String version, List<String> extensions) {
        return object(json -> {
            json.writeStringProperty("name", name);
            json.writeStringProperty("version", version);
            json.writeArrayPropertyStart("extensions");
            extensions.forEach(json::writeString);
            json.writeEndArray();
        });
    }

    /** {@code {"name": name, "platform": platform, "inputs": [tensor], "outputs": [tensor, ...]}}. */
    static byte[] model(ModelSignature signature, String platform) {
        return object(json -> {
            json.writeStringProperty("name", signature.name());
            json.writeStringProperty("platform", platform);
            json.writeArrayPropertyStart("inputs");
            writeTensor(json, ServedModel.INPUT, ANY_NUMBER, signature.inputShape());
            if (!signature.arrayScaling().isNone()) {
                json.writeObjectPropertyStart("parameters");
                json.writeStringProperty("arrays", signature.arrayScaling().inWords());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndArray();
            json.writeArrayPropertyStart("outputs");
            for (ModelOutput output : signature.outputs()) {
                writeTensor(json, output.name(), ANY_NUMBER, output.shape());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** {@code {"model_name": name, "id": id, "outputs": [tensor, ...]}}, without an id if the request had none. */
    static byte[] inference(InferenceRequest request, ModelSignature signature,
            SequencedMap<String, float[]> results) {
        return object(json -> {
            json.writeStringProperty("model_name", signature.name());
            request.id().ifPresent(id -> json.writeStringProperty("id", id));
            json.writeArrayPropertyStart("outputs");
            results.forEach((name, values) -> writeResults(json, signature.output(name), values));
            json.writeEndArray();
        });
    }

    private static void writeResults(JsonGenerator json, ModelOutput output, float[] values) {
        writeTensor(json, output.name(), values.length / output.length(), output.shape());
        json.writeArrayPropertyStart("data");
        for (float value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** {@code {"model_name": name, "classes": [{"rank": 1, "index": index, "label": label, "score": score}, ...]}}. */
    static byte[] classes(String model, List<Classification> classes) {
        return object(json -> {
            json.writeStringProperty("model_name", model);
            json.writeArrayPropertyStart("classes");
            for (Classification one : classes) {
                json.writeStartObject();
                json.writeNumberProperty("rank", one.rank());
                json.writeNumberProperty("index", one.index());
                json.writeStringProperty("label", one.label());
                json.writeNumberProperty("score", one.score());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * {@code {"model_name": name, "output": name, "height": rows, "width": columns, "classes": [{"index": index,
     * "label": label, "share": share}, ...]}}, with a threshold before the classes where there is one.
     */
    static byte[] shares(String model, ClassMap map) {
        return object(json -> {
            json.writeStringProperty("model_name", model);
            json.writeStringProperty("output", map.output().name());
            json.writeNumberProperty("height", map.height());
            json.writeNumberProperty("width", map.width());
            if (map.output().pixels() instanceof PixelRule.AtLeast(float threshold)) {
                json.writeNumberProperty("threshold", threshold);
            }
            json.writeArrayPropertyStart("classes");
            for (ClassShare one : map.shares()) {
                json.writeStartObject();
                json.writeNumberProperty("index", one.index());
                json.writeStringProperty("label", one.label());
                json.writeNumberProperty("share", one.share());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** A tensor without its data, its object still open. */
    private static void writeTensor(JsonGenerator json, String name, int count, List<Integer> shape) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("datatype", ServedModel.DATATYPE);
        json.writeArrayPropertyStart("shape");
        json.writeNumber(count);
        shape.forEach(json::writeNumber);
        json.writeEndArray();
    }

    private static byte[] object(Consumer<JsonGenerator> properties) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            properties.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
