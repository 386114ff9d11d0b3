package io.xceptionc.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens and runs model jars that an earlier compiler has made; where they come from, their README tells. */
class BaselineTest {

    private static final OpenOptions TWO_THREADS = OpenOptions.DEFAULT.withThreads(2);
    private static final String WITHOUT_SELF_TEST = "brain-half";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"activations", "batch", "brain-half", "depthwise", "direct", "fused-activations", "grouped",
        "half", "many-channels", "merges", "plain", "pooled-along", "pools", "separable", "squares"})
    void answersStay(String name) throws Exception {
        try (CompiledModel model = CompiledModel.open(jar(name), TWO_THREADS)) {
            assertArrayEquals(floats(name + ".f32"), model.run(images(model.signature())));
            assertEquals(new String(bytes(name + ".txt"), UTF_8), description(model));
            ModelMetadata metadata = ModelMetadata.ofJar(jar(name));
            assertEquals(model.signature(), metadata.signature());
            assertEquals(model.steps(), metadata.steps());
            if (!name.equals(WITHOUT_SELF_TEST)) {
                SelfTestReport report = model.selfTest();
                assertTrue(report.passed(), report::toString);
            }
        }
    }

    @Test
    void oneWithoutSelfTestSaysSo() throws Exception {
        try (CompiledModel model = CompiledModel.open(jar(WITHOUT_SELF_TEST), TWO_THREADS)) {
            assertThrows(ModelException.class, model::selfTest);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "depthwise"})
    void mappedWeightsGiveTheSame(String name) throws Exception {
        try (CompiledModel model = CompiledModel.open(jar(name), TWO_THREADS.withMappedWeights())) {
            assertArrayEquals(floats(name + ".f32"), model.run(images(model.signature())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "half"})
    void providersOnTheClassPathGiveTheSame(String name) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar(name).toUri().toURL()});
                CompiledModel model = ServiceLoader.load(ModelProvider.class, loader).stream()
                        .filter(provider -> loader.equals(provider.type().getClassLoader())).findFirst().orElseThrow()
                        .get()
                        .open(TWO_THREADS)) {
            assertArrayEquals(floats(name + ".f32"), model.run(images(model.signature())));
        }
    }

    private Path jar(String name) throws IOException {
        return Files.write(folder.resolve(name + ".jar"), bytes(name + ".jar"));
    }

    /** Drawn by a generator whose every bit {@link Random} specifies. */
    private static float[] images(ModelSignature signature) {
        Random random = new Random(1);
        float[] images = new float[signature.batch() * signature.inputLength()];
        for (int i = 0; i < images.length; i++) {
            images[i] = 2 * random.nextFloat() - 1;
        }
        return images;
    }

    /** What the model says of itself, what each of its steps yields, and what it makes of a picture. */
    private static String description(CompiledModel model) throws Exception {
        ModelSignature signature = model.signature();
        List<String> lines = new ArrayList<>();
        lines.add("name " + signature.name());
        lines.add("shape " + signature.batch() + " x " + signature.inputShape() + " -> " + signature.outputShape());
        lines.add("labels " + signature.labels());
        lines.add("weights " + model.storage() + ", " + model.weightBytes() + " bytes");
        model.trace(images(signature), (step, value, values) -> lines.add(step.operator() + " " + step.kernelsText()
                + " " + step.multiplyAccumulates() + " " + step.bytes() + " " + step.name() + " "
                + value.layer().orElse("-") + " " + value.shape() + " " + digest(values)));
        if (signature.preprocessing().isPresent()) {
            lines.add("picture " + classes(model));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String classes(CompiledModel model) throws IOException {
        try (InputStream picture = BaselineTest.class.getResourceAsStream("image/pictures/rgb.png")) {
            return model.classify(ImageIO.read(picture), 5).stream()
                    .map(likely -> likely.label() + " " + Float.toHexString(likely.score()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** The beginning of what {@code sha256sum} says of the values, little-endian. */
    private static String digest(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float[] floats(String file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream stream = BaselineTest.class.getResourceAsStream("baseline/" + file)) {
            return stream.readAllBytes();
        }
    }
}
