package io.xceptionc.compiler.diagnostic;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells files from what may not be opened in their place: opening a pipe waits for whoever writes to it, and a device
 * may never end. To be asked before any file is opened that a user names.
 */
public final class RegularFile {

    /** What is said of pipes and devices. */
    private static final String NO_FILE =
            "is no regular file but a pipe, a device or the like; save it to a file first";

    private RegularFile() {}

    /** What is wrong with a path, continuing a sentence that begins with it; empty if it is a file. */
    public static Optional<String> problem(Path path) {
        if (Files.isDirectory(path)) {
            return Optional.of("is a folder");
        }
        if (!Files.exists(path)) {
            return Optional.of(Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    ? "is a link to what does not exist"
                    : "does not exist");
        }
        return Files.isRegularFile(path) ? Optional.empty() : Optional.of(NO_FILE);
    }
}
