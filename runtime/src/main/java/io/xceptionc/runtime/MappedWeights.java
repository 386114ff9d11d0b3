package io.xceptionc.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** Maps a model's weights where they lie: in a file of their own, or in a jar that has them stored. */
final class MappedWeights {

    private static final long ALIGNMENT = 64;

    private MappedWeights() {}

    /**
     * Maps them for reading, until the arena is closed.
     *
     * @param weights where they are; null if nobody knows
     * @param byteCount how many bytes they are said to have
     * @param grants the file
     * @throws IOException if they cannot be mapped; the message says why
     */
    static MemorySegment map(URL weights, long byteCount, Arena arena, Grants grants) throws IOException {
        return switch (weights == null ? "" : weights.getProtocol()) {
            case "file" -> map(path(weights), null, byteCount, arena, grants);
            case "jar" -> {
                JarURLConnection connection = (JarURLConnection) weights.openConnection();
                if (!connection.getJarFileURL().getProtocol().equals("file")) {
                    throw new IOException("they lie in a jar that is no file: " + connection.getJarFileURL());
                }
                yield map(path(connection.getJarFileURL()), connection.getEntryName(), byteCount, arena, grants);
            }
            default -> throw new IOException("they lie in no file and no jar that is known: " + weights);
        };
    }

    private static Path path(URL file) throws IOException {
        try {
            return Path.of(file.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("they lie where no path leads to: " + file, e);
        }
    }

    private static MemorySegment map(Path file, String entry, long byteCount, Arena arena, Grants grants)
            throws IOException {
        try (FileChannel channel = grants.files().open(file)) {
            StoredEntry place =
                    entry == null ? new StoredEntry(0, channel.size()) : StoredEntry.find(channel, entry);
            requireFitting(place, byteCount);
            return offHeap(channel.map(MapMode.READ_ONLY, place.byteOffset(), byteCount, arena));
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void requireFitting(StoredEntry place, long byteCount) throws IOException {
        if (place.byteCount() != byteCount) {
            throw new IOException("they have " + place.byteCount() + " bytes, not " + byteCount);
        }
        if (place.byteOffset() % ALIGNMENT != 0) {
            throw new IOException("they begin at byte " + place.byteOffset() + ", which is no multiple of "
                    + ALIGNMENT);
        }
        if (byteCount > Integer.MAX_VALUE) {
            throw new IOException("they have " + byteCount + " bytes, more than 2 GiB");
        }
    }

    /**
     * The same memory as a segment of the class that kernels are compiled for, which that of a mapping is not. A buffer
     * of floats does not know that it was mapped, but still whose memory it is.
     */
    private static MemorySegment offHeap(MemorySegment mapping) {
        return MemorySegment.ofBuffer(mapping.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    }
}
