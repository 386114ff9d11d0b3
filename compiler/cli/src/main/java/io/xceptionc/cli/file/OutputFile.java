package io.xceptionc.cli.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that a verb is to make or to replace. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * Checks, before any work is done, that writing a file does no harm.
     *
     * @param inputs what the file is made from
     * @throws InputException if it is a folder, a device, or one of the inputs
     */
    public static void requireReplaceable(Path file, List<Path> inputs) throws InputException, IOException {
        if (!Files.exists(file)) {
            requireFolder(file.toAbsolutePath().getParent());
            return;
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is no regular file, so it is not replaced");
        }
        for (Path input : inputs) {
            if (Files.exists(input) && Files.isSameFile(file, input)) {
                throw new InputException(file + " is to be read, so it is not replaced; choose another name");
            }
        }
    }

    /**
     * Checks that files can be made in a folder, which may have to be made itself.
     *
     * @throws InputException if there is something else in its place, or if it is protected
     */
    public static void requireFolder(Path folder) throws InputException {
        Path existing = folder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw new InputException(existing + " is no folder, so nothing can be written there");
        }
        if (!Files.isWritable(existing)) {
            throw new InputException(existing + ": permission denied, so nothing can be written there");
        }
    }
}
