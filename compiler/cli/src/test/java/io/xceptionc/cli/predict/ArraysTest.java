package io.xceptionc.cli.predict;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpyFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A model of Keras that begins with a Rescaling takes what Keras takes, whichever way it goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArraysTest {

    private static final Path FILES = Path.of("src/test/resources/io/xceptionc/cli/predict/arrays");
    private static final Path MODEL = FILES.resolve("nested.h5");
    private static final Path RAW = FILES.resolve("raw.npy");
    private static final Path SCALED = FILES.resolve("scaled.npy");
    private static final Path EXPECTED = FILES.resolve("expected.npy");

    private static final double TOLERANCE = 1e-6;

    private Path folder;
    private Path spec;
    private Path weights;
    private Path jar;

    @BeforeAll
    void compile(@TempDir Path shared) {
        folder = shared;
        assertEquals(0, Invocation.of("import", MODEL, "-o", folder).status());
        spec = folder.resolve("nested.yaml");
        weights = folder.resolve("nested.safetensors");
        jar = folder.resolve("nested.jar");
        assertEquals(0, Invocation.of("compile", spec, "--weights", weights, "-o", jar).status());
    }

    private static float[] elements(Path file) throws IOException, ArrayFileException {
        float[] elements = new float[8];
        try (NpyFile array = NpyFile.open(file)) {
            assertEquals(List.of(2, 4), array.shape());
            array.read(0, MemorySegment.ofArray(elements));
        }
        return elements;
    }

    private float[] predict(Object model, Object... words) throws IOException, ArrayFileException {
        Path output = folder.resolve("out.npy");
        Files.deleteIfExists(output);
        List<Object> all = new ArrayList<>(List.of("predict", model, "--output", output));
        all.addAll(List.of(words));
        Invocation predicted = Invocation.of(all.toArray());
        assertEquals(0, predicted.status(), predicted.err());
        return elements(output);
    }

    private static void assertClose(float[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], TOLERANCE);
        }
    }

    @Test
    void importWritesWhatTheFileComputesFirst() throws IOException {
        assertEquals("input: {shape: [20, 20, 3], resize: bilinear, scale: 1/127.5, offset: -1, arrays: raw}",
                Files.readAllLines(spec).get(3));
    }

    @Test
    void theArrayThatKerasTakesGivesWhatKerasGives() throws Exception {
        assertClose(elements(EXPECTED), predict(jar, RAW));
        assertClose(elements(EXPECTED), predict(MODEL, RAW));
        assertClose(elements(EXPECTED), predict(spec, RAW, "--weights", weights));
    }

    @Test
    void theNetworkBehindTheScalingCanBeFed() throws Exception {
        assertClose(elements(EXPECTED), predict(jar, SCALED, "--arrays", "scaled"));
        assertClose(elements(EXPECTED), predict(MODEL, SCALED, "--arrays", "scaled"));
    }

    @Test
    void verifyTakesTheSameArrays() {
        assertAll(() -> assertEquals(0, verify("--input", RAW, "--reference", EXPECTED).status()),
                () -> assertEquals(0,
                        verify("--input", SCALED, "--reference", EXPECTED, "--arrays", "scaled").status()),
                () -> assertEquals(1, verify("--input", SCALED, "--reference", EXPECTED).status()));
    }

    @Test
    void theInterpreterIsGivenTheSameArrays() throws IOException {
        Path one = folder.resolve("one.npy");
        try (var stream = Files.newOutputStream(one)) {
            NpyFile.writeHeader(List.of(20, 20, 3), stream);
            NpyFile.writeElements(new float[20 * 20 * 3], stream);
        }
        assertAll(() -> assertEquals(0, verify("--weights", weights).status()),
                () -> assertEquals(0, verify("--weights", weights, "--arrays", "scaled").status()),
                () -> assertEquals(0, verify("--weights", weights, "--input", one).status()));
    }

    private Invocation verify(Object... words) {
        List<Object> all = new ArrayList<>(List.of("verify", jar));
        all.addAll(List.of(words));
        return Invocation.of(all.toArray());
    }

    @Test
    void whatIsExportedTakesTheSameArrays() throws Exception {
        Path onnx = folder.resolve("again.onnx");
        Invocation exported = Invocation.of("export", spec, "--weights", weights, "-o", onnx);
        assertEquals("  arrays   raw, of which the model computes x * 0.007843138 - 1",
                exported.out().lines().toList().get(3));
        assertClose(elements(EXPECTED), predict(onnx, RAW));
        Path again = folder.resolve("again");
        Invocation imported = Invocation.of("import", onnx, "-o", again).without(folder);
        assertTrue(
                imported.err()
                        .startsWith("note: what is computed by 'arrays/scaled' is said at the input; arrays are raw,"
                                + " as the model takes them\n"),
                imported.err());
        assertEquals("input: {shape: [20, 20, 3], resize: bilinear, scale: 1/127.5, offset: -1, arrays: raw}",
                Files.readString(again.resolve("again.yaml")).lines().filter(line -> line.startsWith("input:"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void optionsAreForPicturesAlone() throws Exception {
        Path other = folder.resolve("other");
        assertEquals(0,
                Invocation.of("import", MODEL, "-o", other, "--mean", "0", "--std", "1", "--color", "bgr").status());
        assertEquals("input: {shape: [20, 20, 3], resize: bilinear, color: bgr, mean: 0, std: 1,"
                + " arrays: {scale: 1/127.5, offset: -1}}", Files.readAllLines(other.resolve("nested.yaml")).get(3));
        assertClose(elements(EXPECTED), predict(MODEL, RAW, "--mean", "0", "--std", "1"));
    }

    @Test
    void optionsThatSayNoScaleLeavePicturesAsTheyAre() throws Exception {
        Path other = folder.resolve("bgr");
        assertEquals(0, Invocation.of("import", MODEL, "-o", other, "--color", "bgr").status());
        assertEquals(
                "input: {shape: [20, 20, 3], resize: bilinear, color: bgr, scale: 1/127.5, offset: -1, arrays: raw}",
                Files.readAllLines(other.resolve("nested.yaml")).get(3));
    }

    @Test
    void aSpecThatSaysNothingTakesTheNetworksInput() throws Exception {
        Path plain = folder.resolve("plain.yaml");
        Files.writeString(plain, Files.readString(spec).replace(", arrays: raw", ""));
        assertFalse(Files.readString(plain).contains("arrays"));
        assertClose(elements(EXPECTED), predict(plain, SCALED, "--weights", weights));
        assertClose(elements(EXPECTED), predict(plain, RAW, "--weights", weights, "--arrays", "raw"));
    }

    @Test
    void reportsSayWhatArraysHold() {
        Invocation compiled = Invocation.of("compile", spec, "--seed", "1", "-o", folder.resolve("seeded.jar"));
        assertEquals("  arrays   raw, of which the model computes x * 0.007843138 - 1",
                compiled.out().lines().toList().get(3));
        assertEquals("arrays: raw, of which the model computes x * 0.007843138 - 1",
                Invocation.of("summary", spec).out().lines().toList().get(1));
    }

    @Test
    void otherWordsAreRefused() {
        Invocation refused = Invocation.of("predict", jar, RAW, "--arrays", "levels");
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("--arrays is raw or scaled, not 'levels'"), refused.err());
    }
}
