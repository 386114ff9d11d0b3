package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK has written is found where it is; what is damaged does no harm. */
class StoredEntryTest {

    private static final byte[] WEIGHTS = "the weights of a model".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;
    private byte[] jar;

    @BeforeEach
    void write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment("PK\5\6 is how an end begins; this is none");
            zip.putNextEntry(new ZipEntry("a/deflated"));
            zip.write(WEIGHTS);
            zip.closeEntry();
            ZipEntry stored = new ZipEntry("a/näher.weights");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(WEIGHTS.length);
            stored.setExtra(new byte[] {9, 9, 3, 0, 1, 2, 3});
            stored.setComment("of an entry");
            CRC32 checksum = new CRC32();
            checksum.update(WEIGHTS);
            stored.setCrc(checksum.getValue());
            zip.putNextEntry(stored);
            zip.write(WEIGHTS);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("b"));
        }
        jar = bytes.toByteArray();
    }

    private StoredEntry find(byte[] content, String name) throws IOException {
        Path file = Files.write(folder.resolve("a.jar"), content);
        try (FileChannel channel = FileChannel.open(file)) {
            return StoredEntry.find(channel, name);
        }
    }

    private static byte[] bytes(StoredEntry entry, byte[] content) {
        int start = Math.toIntExact(entry.byteOffset());
        return Arrays.copyOfRange(content, start, start + Math.toIntExact(entry.byteCount()));
    }

    @Test
    void aStoredEntryIsFound() throws IOException {
        assertArrayEquals(WEIGHTS, bytes(find(jar, "a/näher.weights"), jar));
    }

    @Test
    void othersAreRefused() {
        assertEquals("they are deflated there", refusal(jar, "a/deflated"));
        assertEquals("there is no a/näher in it", refusal(jar, "a/näher"));
        assertEquals("the jar is damaged or larger than 4 GiB", refusal(new byte[100], "a"));
        assertEquals("the jar is damaged or larger than 4 GiB", refusal(new byte[0], "a"));
    }

    private String refusal(byte[] content, String name) {
        return assertThrows(IOException.class, () -> find(content, name)).getMessage();
    }

    @Test
    void aCutJarIsRefusedWhereverItWasCut() {
        for (int length = 0; length < jar.length; length++) {
            assertEquals("the jar is damaged or larger than 4 GiB",
                    refusal(Arrays.copyOf(jar, length), "a/näher.weights"));
        }
    }

    @Test
    void whateverBitIsFlippedTheEntryLiesInTheFile() throws IOException {
        int found = 0;
        for (int bit = 0; bit < jar.length * 8; bit++) {
            byte[] flipped = jar.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                StoredEntry entry = find(flipped, "a/näher.weights");
                assertTrue(entry.byteOffset() >= 0 && entry.byteCount() >= 0
                        && entry.byteOffset() + entry.byteCount() <= jar.length, entry.toString());
                found++;
            } catch (IOException _) {
                // as it may be
            }
        }
        assertTrue(found > jar.length, found + " of " + jar.length * 8);
    }
}
