package io.xceptionc.compiler.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is not whole yet, beside the place that it is for. Its name says which process writes it, {@code
 * .xceptionc-PID-UUID.tmp}, and it is locked as long as that does, since other machines and containers have processes
 * of their own.
 */
final class Draft {

    private static final Pattern NAME = Pattern.compile(
            "\\.xceptionc-(?:([0-9]{1,18})-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

    /** Longer than any compilation; for drafts of processes whose number another one has by now. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /** What an end of the JVM would leave behind that no {@code finally} sees, as by Ctrl-C. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Draft::delete)));
    }

    private Draft() {}

    /**
     * The path of a draft of this process in a folder, which goes at the latest with the process, if that ends in
     * order.
     */
    static Path in(Path folder) {
        Path draft = folder.resolve(".xceptionc-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ".tmp");
        OPEN.add(draft);
        return draft;
    }

    /** Makes the file; it stays locked until the channel is closed, where the file system has locks. */
    static FileChannel open(Path draft) throws IOException {
        FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        isLocked(channel, false);
        return channel;
    }

    /** Locks a file unless somebody else has. */
    private static boolean isLocked(FileChannel channel, boolean withoutLocks) {
        try {
            return channel.tryLock() == null;
        } catch (IOException | UnsupportedOperationException _) {
            return withoutLocks;
        }
    }

    /** Removes a draft of this process, if it is still there. */
    static void remove(Path draft) {
        delete(draft);
        OPEN.remove(draft);
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException _) {
            // Whoever writes into this folder next tries again.
        }
    }

    /**
     * Removes what processes have left in a folder that were killed: regular files with the name of a draft that nobody
     * writes.
     */
    static void removeAbandoned(Path folder) {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, ".xceptionc-*.tmp")) {
            for (Path draft : drafts) {
                Matcher name = NAME.matcher(draft.getFileName().toString());
                if (name.matches() && isAbandoned(draft, name.group(1))) {
                    delete(draft);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // A folder that cannot be looked through may take a file all the same.
        }
    }

    private static boolean isAbandoned(Path draft, String process) {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(draft, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean old = file.lastModifiedTime().toInstant().isBefore(Instant.now().minus(LONGEST_LIFE));
            return file.isRegularFile()
                    && (process == null ? old : isAbandoned(draft, Long.parseLong(process), old));
        } catch (IOException _) {
            return false; // gone, or somebody else's
        }
    }

    /** Never asks for a lock on a file of this process, as to close it would take the lock from whoever writes it. */
    private static boolean isAbandoned(Path draft, long process, boolean old) throws IOException {
        if (process == ProcessHandle.current().pid() || (!old && ProcessHandle.of(process).isPresent())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            return !isLocked(channel, !old);
        }
    }
}
