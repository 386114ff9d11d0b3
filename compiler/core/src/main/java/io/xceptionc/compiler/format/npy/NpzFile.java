package io.xceptionc.compiler.format.npy;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.RegularFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Arrays of float32 by name: a zip of {@code .npy} files, as {@code numpy.savez} and {@code savez_compressed} write it.
 * Nothing is unpacked to disk, and no more is inflated than the array asked for takes.
 */
public final class NpzFile implements Closeable {

    private static final String SUFFIX = ".npy";
    private static final int MOST_ARRAYS = 100_000;
    private static final int LONGEST_PREFIX = 1 << 14;

    private final Path path;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    private NpzFile(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /**
     * Opens a file.
     *
     * @throws ArrayFileException if it is no zip file of arrays, or has an array twice or by a name that leads
     *        elsewhere
     */
    public static NpzFile open(Path path) throws ArrayFileException, IOException {
        Optional<String> problem = RegularFile.problem(path);
        if (problem.isPresent()) {
            throw new ArrayFileException(path + " " + problem.get());
        }
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException | EOFException e) {
            throw new ArrayFileException(path + " is no .npz file: " + describe(e) + "; write it by numpy.savez");
        }
        NpzFile file = new NpzFile(path, zip);
        try {
            file.index();
            return file;
        } catch (ArrayFileException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void index() throws ArrayFileException {
        if (zip.size() > MOST_ARRAYS) {
            throw new ArrayFileException(path + " has " + zip.size() + " entries, more than " + MOST_ARRAYS);
        }
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0
                    || List.of(name.split("/")).contains("..")) {
                throw new ArrayFileException(path + " has an entry whose name leads out of it: " + Quotation.of(name));
            }
            if (name.endsWith(SUFFIX)
                    && entries.put(name.substring(0, name.length() - SUFFIX.length()), entry) != null) {
                throw new ArrayFileException(path + " has " + Quotation.of(name) + " twice");
            }
        }
        if (entries.isEmpty()) {
            throw new ArrayFileException(path + " holds no array; write it by numpy.savez(path, **{layer: value})");
        }
    }

    /** The names of all arrays. */
    public Set<String> names() {
        return entries.keySet();
    }

    /**
     * Reads an array that is to have a shape, or that shape after an axis of length 1.
     *
     * @return empty if there is no such array
     * @throws ArrayFileException if it is damaged, or of another type or shape
     */
    public Optional<float[]> read(String name, List<Integer> shape) throws ArrayFileException, IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        int count = shape.stream().reduce(1, Math::multiplyExact);
        try {
            NpyFile array = NpyFile.of(content(entry, (long) count * Float.BYTES + LONGEST_PREFIX));
            List<Integer> given = array.shape();
            boolean isBatchOfOne = given.size() == shape.size() + 1 && given.getFirst() == 1
                    && given.subList(1, given.size()).equals(shape);
            if (!given.equals(shape) && !isBatchOfOne) {
                throw new ArrayFileException("has the shape " + given + "; the layer yields " + shape
                        + (shape.size() == 3 ? ", height, width and channels" : ""));
            }
            return Optional.of(array.elements(count));
        } catch (ZipException | EOFException e) {
            throw new ArrayFileException(path + ": " + Quotation.of(name) + " is damaged: " + describe(e));
        } catch (ArrayFileException e) {
            throw new ArrayFileException(path + ": " + Quotation.of(name) + " " + e.getMessage());
        }
    }

    private static String describe(IOException damage) {
        return Objects.requireNonNullElse(damage.getMessage(), "it ends too early");
    }

    private byte[] content(ZipEntry entry, long most) throws ArrayFileException, IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes((int) Math.min(most, Integer.MAX_VALUE - 8));
            if (stream.read() >= 0) {
                throw new ArrayFileException("is larger than what the layer yields");
            }
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (crc.getValue() != entry.getCrc()) {
                throw new ZipException("its checksum is wrong");
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
