package io.xceptionc.compiler.jar;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file beside its place and moves it there when it is whole; on any failure nothing is left behind. */
public final class AtomicFile {

    /** Writes the content. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to a stream that the caller closes. */
        void writeTo(OutputStream stream) throws IOException;
    }

    private AtomicFile() {}

    /** Makes or replaces a file. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        draft.toFile().deleteOnExit(); // for an end that finally does not see, as by Ctrl-C
        try {
            try (OutputStream stream = new BufferedOutputStream(
                    Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16)) {
                content.writeTo(stream);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
