package io.xceptionc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes the plugin's own files so that they are the old or the new ones whenever a build is killed or the power goes;
 * the compiler does so with its files, in a process with a Java of its own.
 */
final class LastingFile {

    private LastingFile() {}

    /** Makes or replaces a file, in a folder that is made if it is not there; on any failure nothing is left behind. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        try {
            writeDraft(file, ByteBuffer.wrap(text.getBytes(UTF_8)));
            Files.move(draft(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            removeDraft(file);
        }
        force(file.getParent());
    }

    private static void writeDraft(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(draft(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Removes what a build has left beside a file that was killed while it wrote that. */
    static void removeDraft(Path file) throws IOException {
        Files.deleteIfExists(draft(file));
    }

    private static Path draft(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    /**
     * Brings the names in a folder to the disk, where the system can: Windows opens no folders, and does it by itself.
     */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // What is there is whole in any case.
        }
    }
}
