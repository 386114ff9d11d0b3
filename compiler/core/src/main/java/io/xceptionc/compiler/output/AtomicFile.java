package io.xceptionc.compiler.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a file beside its place and moves it there when it is whole; on any failure nothing is left behind. Any number
 * of threads and processes may write the same file at once, since each has a {@link Draft} of its own: the last one
 * stays. Whenever the machine loses its power, there is the file as it was or as it is to be: the disk has all of its
 * content before it gets its name.
 */
public final class AtomicFile {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Writes the content. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to a stream that the caller closes. */
        void writeTo(OutputStream stream) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Makes or replaces a file, which is on the disk when this returns.
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
    public static void write(Path file, Content content, Consumer<Path> trial) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is no regular file, so it is not replaced");
        }
        Path folder = file.toAbsolutePath().getParent();
        List<Path> changed = changedFolders(folder);
        Files.createDirectories(folder);
        Draft.removeAbandoned(folder);
        Path draft = Draft.in(folder);
        try {
            write(file, draft, content);
            trial.accept(draft);
            moveTo(file, draft);
        } finally {
            Draft.remove(draft);
        }
        changed.forEach(AtomicFile::force);
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

    /** The folder of a file, those above it that are to be made, and the one that they are made in. */
    private static List<Path> changedFolders(Path folder) {
        List<Path> changed = new ArrayList<>(List.of(folder));
        while (!Files.exists(changed.getLast()) && changed.getLast().getParent() != null) {
            changed.add(changed.getLast().getParent());
        }
        return changed;
    }

    private static void write(Path file, Path draft, Content content) throws IOException {
        try (FileChannel channel = open(file, draft)) {
            OutputStream stream = new BufferedOutputStream(new DraftStream(file, channel), BUFFER_BYTES);
            content.writeTo(stream);
            stream.flush();
            forceContent(file, channel);
        }
    }

    private static FileChannel open(Path file, Path draft) throws IOException {
        try {
            return Draft.open(draft);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static void forceContent(Path file, FileChannel channel) throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static void moveTo(Path file, Path draft) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Brings the names in a folder to the disk, where the system can: Windows opens no folders, and does it by itself.
     */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // What is there is whole in any case.
        }
    }

    /** What went wrong, said of the file that was asked for: nobody knows the name of a draft. */
    private static FileSystemException failure(Path file, IOException e) {
        String reason = switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "its folder takes no new files";
            case ClosedByInterruptException _ -> "its thread was interrupted";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
        FileSystemException failure = new FileSystemException(file.toString(), null, "cannot be written: " + reason);
        failure.initCause(e);
        return failure;
    }

    /**
     * Writes to a draft, which stays open when the stream is closed: its content is still to be brought to the disk.
     */
    private static final class DraftStream extends OutputStream {

        private final Path file;
        private final FileChannel channel;

        DraftStream(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, start, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw failure(file, e);
            }
        }
    }
}
