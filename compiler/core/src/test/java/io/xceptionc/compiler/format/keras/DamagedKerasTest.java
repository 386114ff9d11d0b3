package io.xceptionc.compiler.format.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.zip.ZipArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files cut off and with bits flipped: they are read, or refused with a message; nothing else may happen. */
class DamagedKerasTest {

    /** Where the superblock of older files says how long the file is. */
    private static final int END_OF_FILE = 40;

    @ParameterizedTest
    @ValueSource(strings = {"keras2-model.h5", "latest.h5", "compressed.h5", "keras3-named.weights.h5", "small.keras"})
    void whatIsCutOffIsRefused(String name) throws IOException {
        byte[] bytes = bytes(name);
        for (int length = 8; length < bytes.length; length += length < 4096 ? 8 : 509) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(InvalidInputException.class, () -> readAll(cut), () -> name + " of " + cut.length + " bytes");
        }
    }

    /** The length that the file says it has is that to which it is cut, so that more than this is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"keras2-model.h5", "compressed.h5", "keras3-named.weights.h5"})
    void whatIsCutOffAndDoesNotSaySoIsRefused(String name) throws IOException {
        byte[] bytes = bytes(name);
        for (int length = 96; length < bytes.length; length += 211) {
            byte[] cut = Arrays.copyOf(bytes, length);
            ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putLong(END_OF_FILE, length);
            assertReadOrRefused(cut);
        }
    }

    @Property(tries = 400)
    void flippedBitsOfOldFiles(@ForAll @Size(min = 1, max = 8) List<Integer> bits) throws IOException {
        assertReadOrRefused(flipped(bytes("keras2-model.h5"), bits));
    }

    @Property(tries = 400)
    void flippedBitsOfNewFiles(@ForAll @Size(min = 1, max = 8) List<Integer> bits) throws IOException {
        assertReadOrRefused(flipped(bytes("latest-compressed.h5"), bits));
    }

    @Property(tries = 400)
    void flippedBitsOfChunks(@ForAll @Size(min = 1, max = 8) List<Integer> bits) throws IOException {
        assertReadOrRefused(flipped(bytes("compressed.h5"), bits));
    }

    @Property(tries = 400)
    void flippedBitsOfSavedLayers(@ForAll @Size(min = 1, max = 8) List<Integer> bits) throws IOException {
        assertReadOrRefused(flipped(bytes("keras3-named.weights.h5"), bits));
    }

    @Property(tries = 200)
    void flippedBitsOfArchives(@ForAll @Size(min = 1, max = 8) List<Integer> bits) throws IOException {
        assertReadOrRefused(flipped(bytes("small.keras"), bits));
    }

    /** Whole words of metadata replaced by numbers that overflow. */
    @Property(tries = 1000)
    void wordsReplaced(@ForAll("files") String name, @ForAll int position, @ForAll("numbers") long number)
            throws IOException {
        byte[] bytes = bytes(name);
        int byteOffset = Math.floorMod(position, bytes.length / 8) * 8;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(byteOffset, number);
        assertReadOrRefused(bytes);
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of("keras1.h5", "keras2-model.h5", "compressed.h5", "latest-compressed.h5", "nested.h5",
                "keras3-named.weights.h5");
    }

    @Provide
    Arbitrary<Long> numbers() {
        return Arbitraries.of(0L, 1L, -1L, 8L, 96L, 800L, 1L << 20, 1L << 31, 1L << 32, 1L << 62, Long.MAX_VALUE,
                Long.MIN_VALUE, 0x7FFFFFFF_7FFFFFFFL, 0x00010001_00010001L);
    }

    @Test
    void archiveThatInflatesWithoutMeasureIsRefused() throws IOException {
        byte[] archive = archive("{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": []}}",
                new byte[100_000_000]);
        assertTrue(archive.length < 200_000);
        String message =
                assertThrows(InvalidInputException.class, () -> readAll(archive)).diagnostics().getFirst().message();
        assertEquals("has the member 'model.weights.h5', which is to become 100000000 bytes of N, as no weights do",
                message.replaceFirst("of \\d+,", "of N,"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "{}", "{\"class_name\": 3, \"config\": {}}", "{\"a\": 1, \"a\": 1}", "nul", "{} {}"})
    void configsThatAreNoneAreRefused(String config) throws IOException {
        byte[] archive = archive(config, new byte[8]);
        assertThrows(InvalidInputException.class, () -> readAll(archive));
    }

    @Test
    void configWithoutAnEndIsRefused() throws IOException {
        String open = "{\"class_name\": \"Functional\", \"config\": {\"layers\": [".repeat(20_000);
        byte[] archive = archive(open, new byte[8]);
        assertEquals("has a config.json that is not valid JSON, or too deep or too long",
                assertThrows(InvalidInputException.class, () -> readAll(archive)).diagnostics().getFirst().message());
    }

    private static byte[] archive(String config, byte[] weights) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.write(weights);
        }
        return bytes.toByteArray();
    }

    private static void assertReadOrRefused(byte[] bytes) {
        try {
            readAll(bytes);
        } catch (InvalidInputException refused) {
            assertEquals(1, refused.diagnostics().size());
        }
    }

    private static void readAll(byte[] bytes) throws InvalidInputException {
        try (MappedFile mapped = KerasFiles.inMemory(bytes)) {
            KerasFile file =
                    bytes[0] == 'P' ? KerasArchive.open(mapped, ZipArchive.of(mapped)) : KerasFile.open(mapped);
            file.epsilons();
            for (TensorInfo tensor : file.tensors()) {
                file.values(tensor.name());
            }
        }
    }

    private static byte[] flipped(byte[] bytes, List<Integer> bits) {
        for (int bit : bits) {
            int position = Math.floorMod(bit, bytes.length * 8);
            bytes[position / 8] ^= (byte) (1 << position % 8);
        }
        return bytes;
    }

    private static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(KerasFiles.path(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
