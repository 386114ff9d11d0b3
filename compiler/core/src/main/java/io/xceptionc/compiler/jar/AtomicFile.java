package io.xceptionc.compiler.jar;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Writes a file beside its place and moves it there when it is whole; on any failure nothing is left behind. Any number of threads
 * and processes may write the same file at once, since each has a draft with a name of its own: the last one stays.
 */
public final class AtomicFile {

    private static final int BUFFER_BYTES = 1 << 16;

    /** What an end of the JVM would leave behind that no {@code finally} sees, as by Ctrl-C. */
    private static final Set<Path> DRAFTS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> DRAFTS.forEach(draft -> draft.toFile().delete())));
    }

    /** Writes the content. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to a stream that the caller closes. */
        void writeTo(OutputStream stream) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Makes or replaces a file.
     *
     * @throws IOException if it cannot be written, or if there is something in its place that is no regular file
     */
    public static void write(Path file, Content content) throws IOException {
        write(file, content, draft -> {
        });
    }

    /**
     * The same, unless what is written turns out to be of no use: then its place is as it was.
     *
     * @param trial throws something if the file that it is given is of no use
     */
    static void write(Path file, Content content, Consumer<Path> trial) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is no regular file, so it is not replaced");
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft = folder.resolve(".xceptionc-" + UUID.randomUUID() + ".tmp");
        DRAFTS.add(draft);
        try {
            try (OutputStream stream = new BufferedOutputStream(new DraftStream(file, draft), BUFFER_BYTES)) {
                content.writeTo(stream);
            }
            trial.accept(draft);
            moveTo(file, draft);
        } finally {
            Files.deleteIfExists(draft);
            DRAFTS.remove(draft);
        }
    }

    /**
     * Makes or replaces a file as {@link #write} does, unless it has that content already: then it is not touched.
     *
     * @return whether it was written
     */
    public static boolean update(Path file, Content content) throws IOException {
        if (Files.isRegularFile(file) && ComparingStream.sameContent(file, content)) {
            return false;
        }
        write(file, content);
        return true;
    }

    private static void moveTo(Path file, Path draft) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** What went wrong, said of the file that was asked for: nobody knows the name of a draft. */
    private static FileSystemException failure(Path file, IOException e) {
        String reason = switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "its folder takes no new files";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
        FileSystemException failure = new FileSystemException(file.toString(), null, "cannot be written: " + reason);
        failure.initCause(e);
        return failure;
    }

    private static final class DraftStream extends OutputStream {

        private final Path file;
        private final OutputStream out;

        DraftStream(Path file, Path draft) throws IOException {
            this.file = file;
            try {
                out = Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            try {
                out.write(bytes, start, length);
            } catch (IOException e) {
                throw failure(file, e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
