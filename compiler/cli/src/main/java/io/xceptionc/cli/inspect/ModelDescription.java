package io.xceptionc.cli.inspect;

import io.xceptionc.cli.console.JsonText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.runtime.ModelMetadata;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.image.Preprocessing;
import io.xceptionc.runtime.image.Resize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * What a model jar is, told without running anything of it.
 *
 * @param model what it says of itself
 * @param sha256 of the file, in hexadecimal
 * @param parts the bytes of each of its parts
 */
public record ModelDescription(ModelMetadata model, String sha256, SequencedMap<String, Long> parts) {

    private static final int MOST_LABELS = 3;

    private long multiplyAccumulates() {
        return model.steps().stream().mapToLong(ModelStep::multiplyAccumulates).sum();
    }

    private boolean hasSelfTest() {
        return parts.containsKey(JarParts.SELF_TEST);
    }

    /** For people. */
    public List<String> lines() {
        ModelSignature signature = model.signature();
        List<String> lines = new ArrayList<>();
        lines.add(signature.name() + ", for " + Quantities.count(signature.batch(), "image") + " at a time");
        lines.add("");
        line(lines, "input", Quantities.shape(signature.inputShape()));
        line(lines, "pictures", signature.preprocessing().map(ModelDescription::pictures).orElse("none, arrays only"));
        line(lines, "arrays", signature.arrayScaling().inWords());
        signature.outputs().forEach(output -> line(lines, output.name(), output(output)));
        line(lines, "steps", model.steps().size() + ", " + Quantities.count(multiplyAccumulates(), "MAC")
                + " for an image");
        line(lines, "weights", Quantities.bytes(model.storedBytes()) + " as " + model.storage()
                + (model.storage().isHalf() ? ", " + Quantities.bytes(model.constantsBytes()) + " in memory" : ""));
        line(lines, "self-test", hasSelfTest() ? "yes: xceptionc selftest runs it" : "none");
        line(lines, "SHA-256", sha256);
        lines.add("");
        lines.add("of the file's " + Quantities.bytes(parts.values().stream().mapToLong(Long::longValue).sum()));
        parts.forEach((part, bytes) -> line(lines, part, Quantities.bytes(bytes)));
        return lines;
    }

    private static void line(List<String> lines, String what, String text) {
        lines.add("  %-13s  %s".formatted(what, text));
    }

    private static String pictures(Preprocessing pictures) {
        return pictures.channels() + ", " + resize(pictures.resize()) + ", "
                + pictures.interpolation().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String resize(Resize resize) {
        return switch (resize) {
            case Resize.Exact _ -> "resized to the input's size";
            case Resize.ShorterSide(int pixels) -> "shorter side resized to " + pixels + ", centre cropped";
            case Resize.Letterbox(int level) -> "fitted in, the rest of level " + level;
        };
    }

    private static String output(ModelOutput output) {
        String kind = switch (output.kind()) {
            case CLASSES -> " classes";
            case NUMBERS -> " numbers";
            case IMAGE -> " image";
        };
        return Quantities.shape(output.shape()) + kind + labels(output.labels());
    }

    private static String labels(List<String> labels) {
        if (labels.isEmpty()) {
            return ", without labels";
        }
        return labels.stream().limit(MOST_LABELS).collect(Collectors.joining(", ", ": ",
                labels.size() > MOST_LABELS ? ", ... " + labels.getLast() : ""));
    }

    /** For programs. */
    public void write(JsonGenerator json) {
        ModelSignature signature = model.signature();
        json.writeStringProperty("model", signature.name());
        json.writeNumberProperty("batch", signature.batch());
        JsonText.shape(json, "input", signature.inputShape());
        json.writeStringProperty("pictures", signature.preprocessing().map(ModelDescription::pictures).orElse(""));
        json.writeStringProperty("arrays", signature.arrayScaling().isNone() ? "scaled" : "raw");
        json.writeArrayPropertyStart("outputs");
        for (ModelOutput output : signature.outputs()) {
            json.writeStartObject();
            json.writeStringProperty("name", output.name());
            json.writeStringProperty("kind", output.kind().name().toLowerCase(Locale.ROOT));
            JsonText.shape(json, "shape", output.shape());
            json.writeNumberProperty("labels", output.labels().size());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("steps", model.steps().size());
        json.writeNumberProperty("macs", multiplyAccumulates());
        json.writeStringProperty("storage", model.storage().toString());
        json.writeNumberProperty("weightBytes", model.storedBytes());
        json.writeStringProperty("weightsSha256", model.constantsDigest());
        json.writeBooleanProperty("selfTest", hasSelfTest());
        json.writeStringProperty("sha256", sha256);
        json.writeObjectPropertyStart("bytes");
        parts.forEach(json::writeNumberProperty);
        json.writeEndObject();
    }
}
