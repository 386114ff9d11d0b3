package io.xceptionc.compiler.format.npy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes arrays of float32 by name, as {@code numpy.savez_compressed} does: a zip of {@code .npy} files. The same
 * arrays are the same bytes.
 */
public final class NpzWriter {

    private final ZipOutputStream zip;

    /** To a stream, which stays open. */
    public NpzWriter(OutputStream stream) {
        zip = new ZipOutputStream(stream);
    }

    /**
     * Adds an array.
     *
     * @param elements float32, row-major, little-endian; read to its end
     */
    public void add(String name, List<Integer> shape, InputStream elements) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTime(0);
        zip.putNextEntry(entry);
        NpyFile.writeHeader(shape, zip);
        elements.transferTo(zip);
        zip.closeEntry();
    }

    /** Ends the file. */
    public void finish() throws IOException {
        zip.finish();
    }
}
