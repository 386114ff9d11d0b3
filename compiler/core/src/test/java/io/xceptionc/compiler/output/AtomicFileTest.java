package io.xceptionc.compiler.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    /** More than any buffer, so that parts of it reach the disk before the rest. */
    private static final int LENGTH = 300_000;

    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] filled(int letter) {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }

    @Test
    void makesFoldersAndReplacesWhatIsThere() throws IOException {
        Path file = folder.resolve("a/b/c");
        AtomicFile.write(file, stream -> stream.write(filled('x')));
        AtomicFile.write(file, stream -> stream.write("short".getBytes(US_ASCII)));
        assertEquals("short", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void anUpdateTouchesNothingThatHasTheContentAlready() throws IOException {
        Path file = folder.resolve("file");
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        assertTrue(AtomicFile.update(file, stream -> stream.write(filled('x'))));
        Files.setLastModifiedTime(file, longAgo);
        assertFalse(AtomicFile.update(file, stream -> stream.write(filled('x'))));
        assertEquals(longAgo, Files.getLastModifiedTime(file));
        for (byte[] other : List.of(filled('y'), Arrays.copyOf(filled('x'), LENGTH - 1),
                Arrays.copyOf(filled('x'), LENGTH + 1), new byte[0])) {
            AtomicFile.write(file, stream -> stream.write(filled('x')));
            assertTrue(AtomicFile.update(file, stream -> stream.write(other)));
            assertArrayEquals(other, Files.readAllBytes(file));
        }
    }

    @Test
    void anUpdateByteForByteSeesTheLastByte() throws IOException {
        Path file = folder.resolve("file");
        Files.write(file, new byte[] {1, -1});
        AtomicFile.Content same = stream -> {
            stream.write(1);
            stream.write(-1);
        };
        assertFalse(AtomicFile.update(file, same));
        assertTrue(AtomicFile.update(file, stream -> stream.write(1)));
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
    }

    @Test
    void writersOfTheSameFileDoNotDisturbEachOther() throws Exception {
        int writers = 4;
        Path file = folder.resolve("model.jar");
        CyclicBarrier together = new CyclicBarrier(writers);
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                byte[] content = filled('a' + writer);
                work.add(() -> {
                    for (int round = 0; round < 25; round++) {
                        AtomicFile.write(file, stream -> {
                            stream.write(content, 0, LENGTH / 2);
                            await(together);
                            stream.write(content, LENGTH / 2, LENGTH - LENGTH / 2);
                        });
                        byte[] seen = Files.readAllBytes(file);
                        assertArrayEquals(filled(seen[0]), seen);
                    }
                    return null;
                });
            }
            for (Future<Void> future : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
                future.get();
            }
        }
        assertEquals(List.of("model.jar"), names());
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IOException(broken);
        }
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("model.jar"), "old");
        for (Throwable failure : List.of(new IOException("lost"), new IllegalStateException(),
                new OutOfMemoryError())) {
            assertEquals(failure, assertThrows(failure.getClass(), () -> AtomicFile.write(file, stream -> {
                stream.write(filled('x'));
                throw AtomicFileTest.<RuntimeException>unchecked(failure);
            })));
            assertEquals("old", Files.readString(file));
            assertEquals(List.of("model.jar"), names());
        }
    }

    @Test
    void aFullDiskIsSaidOfTheFileThatWasAskedFor() throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell));
        Path file = folder.resolve("model.jar");
        Process process =
                new ProcessBuilder(shell.toString(), "-c", "ulimit -f 100 && exec \"$@\"", "sh", java(), "-cp",
                        System.getProperty("java.class.path"), LimitedWriter.class.getName(), file.toString())
                        .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(file + ": cannot be written: File too large\n", output);
        assertEquals(List.of(), names());
    }

    /** Writes more than its process may. */
    static final class LimitedWriter {

        private LimitedWriter() {}

        public static void main(String[] arguments) throws IOException {
            try {
                AtomicFile.write(Path.of(arguments[0]), stream -> stream.write(filled('x')));
            } catch (FileSystemException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void aFolderThatTakesNoFilesIsSaidOfTheFileThatWasAskedFor() {
        Path processes = Path.of("/proc");
        assumeTrue(Files.isDirectory(processes));
        Path file = processes.resolve("model.jar");
        String message = assertThrows(FileSystemException.class,
                () -> AtomicFile.write(file, stream -> stream.write(1))).getMessage();
        assertTrue(
                message.matches(
                        "/proc/model.jar: cannot be written: (its folder takes no new files|permission denied)"),
                message);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what it is given, whatever it is
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void foldersAndDevicesAreNotReplaced() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("out"));
        for (Path target : List.of(inTheWay, Path.of("/dev/null"))) {
            if (Files.exists(target)) {
                FileSystemException refused = assertThrows(FileSystemException.class,
                        () -> AtomicFile.write(target, stream -> stream.write(1)));
                assertEquals(target + ": is no regular file, so it is not replaced", refused.getMessage());
            }
        }
        assertEquals(List.of("out"), names());
    }

    @Test
    void theLongestNamesCanBeWritten() throws IOException {
        Path file = folder.resolve("n".repeat(251) + ".jar");
        AtomicFile.write(file, stream -> stream.write(1));
        assertEquals(List.of(file.getFileName().toString()), names());
    }

    @Test
    void anEndOfTheJvmLeavesNoDraft() throws Exception {
        Process process =
                new ProcessBuilder(java(), "-cp", System.getProperty("java.class.path"), EndingWriter.class.getName(),
                        folder.resolve("model.jar").toString()).inheritIO().start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(7, process.exitValue());
        assertEquals(List.of(), names());
    }

    /** Ends its JVM when half of a file is written. */
    static final class EndingWriter {

        private EndingWriter() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            AtomicFile.write(file, stream -> {
                stream.write(filled('x'));
                try (Stream<Path> drafts = Files.list(file.getParent())) {
                    System.exit(drafts.count() == 1 ? 7 : 1);
                }
            });
        }
    }
}
