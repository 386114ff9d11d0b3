package io.xceptionc.cli.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A temporary folder that only its owner can look into; it goes when it is closed, or else with the JVM. Its name says
 * which process has it, {@code xceptionc-PID-...}: those that killed processes have left go when another one is made a
 * day later.
 */
public final class PrivateFolder implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("xceptionc-([0-9]{1,18})-[0-9]+");

    /** Other containers may share the folder for temporary files, but not the numbers of processes. */
    private static final Duration REST = Duration.ofDays(1);

    private final Path path;
    private final Thread removal = new Thread(() -> remove(path()));

    private PrivateFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(removal);
    }

    /** Makes one. */
    public static PrivateFolder create() throws IOException {
        Path folder = Files.createTempDirectory("xceptionc-" + ProcessHandle.current().pid() + "-");
        removeAbandoned(folder);
        return new PrivateFolder(folder);
    }

    /** Removes those of the same user beside a new one whose processes are gone. */
    static void removeAbandoned(Path like) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(like.getParent(), "xceptionc-*")) {
            UserPrincipal user = Files.getOwner(like);
            for (Path folder : folders) {
                if (isAbandoned(folder, user)) {
                    remove(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // A folder that cannot be looked through may take another one all the same.
        }
    }

    private static boolean isAbandoned(Path folder, UserPrincipal user) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        try {
            return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                    && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(REST));
        } catch (IOException _) {
            return false; // gone, or somebody else's
        }
    }

    public Path path() {
        return path;
    }

    private static void remove(Path path) {
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
        remove(path);
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException _) {
            // The JVM is about to end, and runs the hook itself.
        }
    }
}
