package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import io.xceptionc.runtime.image.Channels;
import io.xceptionc.runtime.image.Interpolation;
import io.xceptionc.runtime.image.Preprocessing;
import io.xceptionc.runtime.image.Resize;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What stands beside a generated class, as properties: the model's signature, its steps and where its constants are.
 * The one place that knows the keys, for the compiler that writes them as well as for {@link CompiledModel} that reads
 * them.
 *
 * @param signature what the model takes and gives; its labels stand in a file of their own
 * @param steps what a run does, in order
 * @param values what each of the steps yields, and where; none if it was written by a version that did not tell
 * @param storage how the constants are stored
 * @param halves which of them are stored as halves, in order
 * @param constantsBytes the length of the constants in memory
 * @param constantsDigest the SHA-256 of the constants as they are stored, in hexadecimal
 */
public record ModelMetadata(
        ModelSignature signature,
        List<ModelStep> steps,
        List<StepValue> values,
        Storage storage,
        List<WeightRange> halves,
        long constantsBytes,
        String constantsDigest) {

    public ModelMetadata {
        steps = List.copyOf(steps);
        values = List.copyOf(values);
        if (!values.isEmpty() && values.size() != steps.size()) {
            throw new IllegalArgumentException(steps.size() + " steps do not yield " + values.size() + " values");
        }
        long written = steps.stream().filter(ModelStep::isOutput).count();
        if (!signature.hasOneOutput() && written != signature.outputs().size()) {
            throw new IllegalArgumentException(written + " steps yield " + signature.outputs().size() + " outputs");
        }
        halves = List.copyOf(halves);
        if (constantsBytes < 0) {
            throw new IllegalArgumentException("constants have no " + constantsBytes + " bytes");
        }
        long end = 0;
        for (WeightRange range : halves) {
            if (!storage.isHalf() || range.byteOffset() < end || range.end() > constantsBytes) {
                throw new IllegalArgumentException("no " + storage + " weights lie at " + range.toText());
            }
            end = range.end();
        }
    }

    /** The length of the constants as they are stored. */
    public long storedBytes() {
        long bytes = constantsBytes;
        for (WeightRange range : halves) {
            bytes -= range.count() * (Float.BYTES - Short.BYTES);
        }
        return bytes;
    }

    /** How long the texts beside a generated class can be: metadata, labels and the self-test. */
    public static final int LARGEST_TEXT_BYTES = 1 << 24;
    /** The manifest's attribute that names a model jar's generated class. */
    public static final String MANIFEST_ATTRIBUTE = "Xceptionc-Model";
    /** What the name of the constants ends with, beside the generated class. */
    public static final String CONSTANTS_SUFFIX = ".weights";
    /** What the name of the metadata ends with, beside the generated class. */
    public static final String METADATA_SUFFIX = ".properties";
    /** What the name of the labels ends with, beside the generated class: one a line, UTF-8. */
    public static final String LABELS_SUFFIX = ".labels";

    private static final String LETTERBOX = "letterbox ";
    private static final String STEP = "step.";
    private static final String VALUE = "value.";
    private static final String OUTPUT = "output.";
    private static final String PIXELS = ".pixels";

    /**
     * What a model jar says of itself. No class of it is loaded, and its weights are not looked at.
     *
     * @throws ModelException if it is no model jar, or damaged
     */
    public static ModelMetadata ofJar(Path jar) {
        return ModelArchive.metadata(jar);
    }

    /** As text, in a fixed order. */
    public String toText() {
        StringBuilder text = new StringBuilder("# What this model takes and gives, and where its weights are\n");
        line(text, "name", signature.name());
        line(text, "batch", signature.batch());
        line(text, "input", joined(signature.inputShape()));
        outputs(text);
        line(text, "constants.bytes", constantsBytes);
        line(text, "constants.sha256", constantsDigest);
        line(text, "storage", storage);
        if (!halves.isEmpty()) {
            line(text, "storage.halves", joined(halves.stream().map(WeightRange::toText).toList()));
        }
        signature.preprocessing().ifPresent(preprocessing -> {
            line(text, "picture.channels", preprocessing.channels());
            line(text, "picture.resize", resizeText(preprocessing.resize()));
            line(text, "picture.interpolation", preprocessing.interpolation());
            scaling(text, "picture", preprocessing.scaling());
        });
        if (!signature.arrayScaling().isNone()) {
            scaling(text, "array", signature.arrayScaling().channels());
        }
        line(text, "steps", steps.size());
        for (int i = 0; i < steps.size(); i++) {
            line(text, STEP + i, steps.get(i).toText());
        }
        for (int i = 0; i < values.size(); i++) {
            line(text, VALUE + i, values.get(i).toText());
        }
        return text.toString();
    }

    /** One output without a name stands in one line, as it did before there could be others. */
    private void outputs(StringBuilder text) {
        List<ModelOutput> outputs = signature.outputs();
        if (isUnnamed(outputs)) {
            line(text, "output", joined(outputs.getFirst().shape()));
            pixels(text, "output", outputs.getFirst());
            return;
        }
        line(text, "outputs", outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            ModelOutput output = outputs.get(i);
            line(text, OUTPUT + i, output.name() + " " + output.kind() + " " + output.labels().size() + " "
                    + joined(output.shape()));
            pixels(text, OUTPUT + i, output);
        }
    }

    /** How the classes of pixels are read stands there where the shape does not say it. */
    private static void pixels(StringBuilder text, String key, ModelOutput output) {
        if (!output.pixels().equals(PixelRule.of(output.shape()))) {
            line(text, key + PIXELS, output.pixels());
        }
    }

    private static PixelRule pixels(Properties properties, String key, List<Integer> shape) {
        String rule = properties.getProperty(key.concat(PIXELS));
        return rule == null ? PixelRule.of(shape) : PixelRule.parse(rule);
    }

    private static boolean isUnnamed(List<ModelOutput> outputs) {
        ModelOutput first = outputs.getFirst();
        return outputs.size() == 1 && first.name().equals(ModelOutput.UNNAMED)
                && first.kind() == ModelOutput.kindOf(first.shape());
    }

    private static List<ModelOutput> outputs(Properties properties, List<String> labels) {
        if (!properties.containsKey("outputs")) {
            List<Integer> shape = integers(required(properties, "output"));
            return List.of(new ModelOutput(ModelOutput.UNNAMED, ModelOutput.kindOf(shape), shape, labels,
                    pixels(properties, "output", shape)));
        }
        List<ModelOutput> outputs = new ArrayList<>();
        int label = 0;
        int count = Integer.parseInt(required(properties, "outputs"));
        for (int i = 0; i < count; i++) {
            String key = OUTPUT.concat(Integer.toString(i));
            String[] words = required(properties, key).split(" ", 4);
            if (words.length < 4) {
                throw new IllegalArgumentException("output " + i + " has no shape");
            }
            int end = label + Integer.parseInt(words[2]);
            if (end < label || end > labels.size()) {
                throw new IllegalArgumentException("output " + i + " has no labels");
            }
            List<Integer> shape = integers(words[3]);
            outputs.add(new ModelOutput(words[0], ModelOutput.Kind.valueOf(words[1]), shape,
                    labels.subList(label, end), pixels(properties, key, shape)));
            label = end;
        }
        return outputs;
    }

    /** The labels of all outputs that have some, one output after another. */
    public List<String> labels() {
        return signature.outputs().stream().flatMap(output -> output.labels().stream()).toList();
    }

    /**
     * Reads what {@link #toText} wrote, and labels, one a line.
     *
     * @param owner whose they are, for the message that they are damaged
     */
    static ModelMetadata parse(String owner, TextSource texts) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(texts.read(METADATA_SUFFIX)));
            return of(properties, texts.read(LABELS_SUFFIX).lines().toList());
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException(
                    "the metadata of " + owner + " is damaged: " + e.getMessage() + "; compile the model again", e);
        }
    }

    /** The texts beside a generated class, by what their names end with. */
    @FunctionalInterface
    interface TextSource {
        String read(String suffix) throws IOException;
    }

    static ModelMetadata of(Properties properties, List<String> labels) {
        List<Integer> input = integers(required(properties, "input"));
        ModelSignature signature =
                new ModelSignature(required(properties, "name"), Integer.parseInt(required(properties, "batch")), input,
                        outputs(properties, labels), preprocessing(properties, input), arrayScaling(properties));
        List<ModelStep> steps = steps(properties);
        return new ModelMetadata(signature, steps, values(properties, steps.size()), storage(properties),
                halves(properties), Long.parseLong(required(properties, "constants.bytes")),
                required(properties, "constants.sha256"));
    }

    private static List<ModelStep> steps(Properties properties) {
        List<ModelStep> steps = new ArrayList<>();
        int count = Integer.parseInt(required(properties, "steps"));
        for (int i = 0; i < count; i++) {
            // Not by +, whose code is linked at its first use: that would take milliseconds of the opening.
            steps.add(ModelStep.of(required(properties, STEP.concat(Integer.toString(i)))));
        }
        return steps;
    }

    /** Float32 if nothing is said of it, as by versions that had nothing else. */
    private static Storage storage(Properties properties) {
        return Storage.valueOf(properties.getProperty("storage", Storage.F32.name()));
    }

    private static List<WeightRange> halves(Properties properties) {
        String text = properties.getProperty("storage.halves");
        return text == null ? List.of() : Stream.of(text.split(" ")).map(WeightRange::of).toList();
    }

    private static List<StepValue> values(Properties properties, int count) {
        List<StepValue> values = new ArrayList<>();
        for (int i = 0; i < count && properties.containsKey(VALUE.concat("0")); i++) {
            values.add(StepValue.of(required(properties, VALUE.concat(Integer.toString(i)))));
        }
        return values;
    }

    private static Optional<Preprocessing> preprocessing(Properties properties, List<Integer> input) {
        if (properties.getProperty("picture.channels") == null) {
            return Optional.empty();
        }
        if (input.size() != 3) {
            throw new IllegalArgumentException("a picture does not become an input " + input);
        }
        return Optional.of(new Preprocessing(input.get(0), input.get(1),
                Channels.valueOf(required(properties, "picture.channels")),
                resize(required(properties, "picture.resize")),
                Interpolation.valueOf(required(properties, "picture.interpolation")), scaling(properties, "picture")));
    }

    /** None if nothing is said of it, as by versions that scaled no arrays. */
    private static ArrayScaling arrayScaling(Properties properties) {
        return properties.containsKey("array.scale") || properties.containsKey("array.offset")
                ? new ArrayScaling(scaling(properties, "array"))
                : ArrayScaling.NONE;
    }

    private static List<ChannelScaling> scaling(Properties properties, String what) {
        List<Double> scales = doubles(required(properties, what.concat(".scale")));
        List<Double> offsets = doubles(required(properties, what.concat(".offset")));
        if (scales.size() != offsets.size()) {
            throw new IllegalArgumentException(scales.size() + " scales, but " + offsets.size() + " offsets");
        }
        List<ChannelScaling> scaling = new ArrayList<>();
        for (int i = 0; i < scales.size(); i++) {
            scaling.add(new ChannelScaling(scales.get(i), offsets.get(i)));
        }
        return scaling;
    }

    private static void scaling(StringBuilder text, String what, List<ChannelScaling> scaling) {
        line(text, what + ".scale", joined(scaling.stream().map(ChannelScaling::scale).toList()));
        line(text, what + ".offset", joined(scaling.stream().map(ChannelScaling::offset).toList()));
    }

    private static String resizeText(Resize resize) {
        return switch (resize) {
            case Resize.Exact _ -> "exact";
            case Resize.ShorterSide shorterSide -> Integer.toString(shorterSide.pixels());
            case Resize.Letterbox letterbox -> LETTERBOX + letterbox.level();
        };
    }

    private static Resize resize(String text) {
        if (text.startsWith(LETTERBOX)) {
            return new Resize.Letterbox(Integer.parseInt(text.substring(LETTERBOX.length())));
        }
        return text.equals("exact") ? new Resize.Exact() : new Resize.ShorterSide(Integer.parseInt(text));
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new ModelException("the model's metadata lacks '" + key + "'; compile the model again");
        }
        return value;
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append(" = ").append(value).append('\n');
    }

    private static String joined(List<?> values) {
        return String.join(" ", values.stream().map(Object::toString).toList());
    }

    private static List<Integer> integers(String text) {
        return Stream.of(text.split(" ")).map(Integer::valueOf).toList();
    }

    private static List<Double> doubles(String text) {
        return Stream.of(text.split(" ")).map(Double::valueOf).toList();
    }
}
