package io.xceptionc.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Fuzzes the opening of a model jar, as far as no class of it is there to be run, and the search for weights that are
 * mapped.
 */
public final class ModelJarFuzz {

    private static final Path JAR = create();

    private ModelJarFuzz() {}

    private static Path create() {
        try {
            Path file = Files.createTempFile("fuzzed", ".jar");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens bytes as a jar. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(JAR, input);
        open();
        find(input.length);
    }

    private static void open() {
        try {
            CompiledModel.open(JAR).close();
        } catch (ModelException _) {
            // What it is to throw.
        }
    }

    private static void find(int length) throws IOException {
        try (FileChannel channel = FileChannel.open(JAR, StandardOpenOption.READ)) {
            StoredEntry entry = StoredEntry.find(channel, "m/M.weights");
            if (entry.byteOffset() < 0 || entry.byteCount() < 0 || entry.byteCount() > length - entry.byteOffset()) {
                throw new AssertionError(entry + " in a jar of " + length + " bytes");
            }
        } catch (IOException refused) {
            if (refused.getMessage() == null) {
                throw refused;
            }
        }
    }
}
