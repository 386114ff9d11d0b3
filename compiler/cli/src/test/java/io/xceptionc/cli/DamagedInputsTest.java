package io.xceptionc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is cut off or flipped in a file that a command reads, it says so in one message or does as if nothing were,
 * in time; and makes no file but the one asked for.
 */
class DamagedInputsTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long SEED = 20;

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Invocation invoke(Object... words) {
        return assertTimeoutPreemptively(LONGEST, () -> Invocation.of(words)).without(folder);
    }

    private static byte[] flipped(byte[] whole, int bit) {
        byte[] flipped = whole.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    private static void assertClear(Invocation invocation, String file, String what) {
        assertEquals(1, invocation.status(), what + ": " + invocation.err());
        assertTrue(invocation.err().contains(file), what + ": " + invocation.err());
        assertFalse(invocation.err().contains("Exception"), what + ": " + invocation.err());
        assertFalse(invocation.err().contains("\tat "), what + ": " + invocation.err());
    }

    @Test
    void aSpecCutAnywhereIsReadOrRefused() throws IOException {
        byte[] whole = TinyModel.SPEC.getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            write("cut.yaml", Arrays.copyOf(whole, length));
            Invocation check = invoke("check", folder.resolve("cut.yaml"));
            if (check.status() != 0) {
                assertClear(check, "cut.yaml:", "cut to " + length);
            }
        }
        assertEquals(List.of("cut.yaml", "tiny.yaml"), names());
    }

    @Test
    void aSpecWithAnyBitFlippedIsReadOrRefused() throws IOException {
        byte[] whole = TinyModel.SPEC.getBytes(UTF_8);
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            write("flipped.yaml", flipped(whole, bit));
            Invocation check = invoke("check", folder.resolve("flipped.yaml"));
            if (check.status() != 0) {
                assertClear(check, "flipped.yaml:", "bit " + bit);
            }
        }
        assertEquals(List.of("flipped.yaml", "tiny.yaml"), names());
    }

    private static byte[] weights() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TinyModel.weights().writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    @Test
    void weightsCutAnywhereAreRefused() throws IOException {
        byte[] whole = weights();
        Path jar = folder.resolve("tiny.jar");
        for (int length = 0; length < whole.length; length += length < 1500 ? 1 : 37) {
            Path cut = write("cut.safetensors", Arrays.copyOf(whole, length));
            Invocation compile = invoke("compile", spec, "--weights", cut, "-o", jar);
            assertClear(compile, "cut.safetensors", "cut to " + length);
            assertTrue(compile.err().contains("error[E303]"), compile.err());
        }
        assertEquals(List.of("cut.safetensors", "tiny.yaml"), names());
    }

    @Test
    void weightsWithAFlippedBitInTheHeaderAreReadOrRefused() throws IOException {
        byte[] whole = weights();
        Random random = new Random(SEED);
        Path jar = folder.resolve("tiny.jar");
        int headerBits = (8 + whole[0] + 256 * whole[1]) * Byte.SIZE;
        for (int round = 0; round < 300; round++) {
            int bit = round < 64 ? round : random.nextInt(headerBits);
            Path flipped = write("flipped.safetensors", flipped(whole, bit));
            Invocation compile = invoke("compile", spec, "--weights", flipped, "-o", jar);
            assertEquals(compile.status() == 0, Files.deleteIfExists(jar));
            if (compile.status() != 0) {
                assertClear(compile, "flipped.safetensors", "bit " + bit);
            }
        }
        assertEquals(List.of("flipped.safetensors", "tiny.yaml"), names());
    }

    private Path picture() throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, 0xff8000);
        Path file = folder.resolve("picture.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** Where the parts of a zip file begin and the headers before data end, and one byte before and after each. */
    private static List<Integer> boundaries(byte[] zip) {
        TreeSet<Integer> boundaries = new TreeSet<>();
        for (int i = 0; i + 4 < zip.length; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] < 9 && zip[i + 3] == zip[i + 2] + 1) {
                int name = zip[i + 2] == 3 ? i + 30 : i;
                IntStream.of(i, name).forEach(place -> boundaries.addAll(List.of(place - 1, place, place + 1)));
            }
        }
        boundaries.addAll(List.of(0, zip.length - 1));
        return boundaries.stream().filter(place -> place >= 0 && place < zip.length).toList();
    }

    @Test
    void aJarCutAtAnyBoundaryIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(TinyModel.jar(1));
        Path picture = picture();
        List<Integer> boundaries = boundaries(whole);
        assertTrue(boundaries.size() > 60, boundaries.toString());
        for (int length : boundaries) {
            Path cut = write("cut.jar", Arrays.copyOf(whole, length));
            for (Invocation invocation : List.of(invoke("predict", cut, picture), invoke("dump", cut))) {
                assertClear(invocation, "cut.jar is no ", "cut to " + length);
                assertEquals(1, invocation.err().lines().count(), invocation.err());
            }
        }
        assertEquals(List.of("cut.jar", "picture.png", "tiny.yaml"), names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"anywhere", "directory"})
    void aJarWithAFlippedBitAnswersTheSameOrIsRefused(String where) throws Exception {
        byte[] whole = Files.readAllBytes(TinyModel.jar(1));
        Path picture = picture();
        Invocation intact = invoke("predict", TinyModel.jar(1), picture);
        assertEquals(0, intact.status(), intact.err());
        int first = where.equals("anywhere") ? 0 : directoryStart(whole);
        Random random = new Random(SEED);
        int refused = 0;
        for (int round = 0; round < 40; round++) {
            int bit = first * Byte.SIZE + random.nextInt((whole.length - first) * Byte.SIZE);
            Invocation predict = invoke("predict", write("flipped.jar", flipped(whole, bit)), picture);
            if (predict.status() == 0) {
                assertEquals(intact.out(), predict.out(), "bit " + bit);
            } else {
                refused++;
                assertEquals(1, predict.status(), "bit " + bit + ": " + predict.err());
                assertEquals(1, predict.err().lines().count(), "bit " + bit + ": " + predict.err());
            }
        }
        assertTrue(refused > 10, "refused " + refused);
        assertEquals(List.of("flipped.jar", "picture.png", "tiny.yaml"), names());
    }

    private static int directoryStart(byte[] zip) {
        for (int i = 0;; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                return i;
            }
        }
    }

    @Test
    void aDumpOfAJarWithAFlippedBitIsTheSameOrRefused() throws Exception {
        byte[] whole = Files.readAllBytes(TinyModel.jar(1));
        Invocation intact = invoke("dump", TinyModel.jar(1));
        int directory = directoryStart(whole) * Byte.SIZE;
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            int bit = random.nextInt(whole.length * Byte.SIZE);
            Invocation dump = invoke("dump", write("flipped.jar", flipped(whole, bit)));
            if (dump.status() != 0) {
                assertEquals(1, dump.status(), "bit " + bit + ": " + dump.err());
                assertEquals(1, dump.err().lines().count(), "bit " + bit + ": " + dump.err());
            } else if (bit < directory) { // behind it are the names, which a dump shows
                assertEquals(intact.out(), dump.out(), "bit " + bit);
            }
        }
        assertEquals(List.of("flipped.jar", "tiny.yaml"), names());
    }
}
