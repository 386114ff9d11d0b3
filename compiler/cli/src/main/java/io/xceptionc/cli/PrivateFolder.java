package io.xceptionc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that only its owner can look into; it goes when it is closed, or else with the JVM. */
final class PrivateFolder implements AutoCloseable {

    private final Path path;
    private final Thread removal = new Thread(this::remove);

    private PrivateFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(removal);
    }

    /** Makes one. */
    static PrivateFolder create() throws IOException {
        return new PrivateFolder(Files.createTempDirectory("xceptionc-"));
    }

    Path path() {
        return path;
    }

    private void remove() {
        try {
            List<Path> files;
            try (Stream<Path> content = Files.list(path)) {
                files = content.toList();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException _) {
            // Somebody else's now, or gone.
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException _) {
            // The JVM is about to end, and runs the hook itself.
        }
    }
}
