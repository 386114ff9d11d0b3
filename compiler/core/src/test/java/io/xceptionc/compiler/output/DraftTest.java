package io.xceptionc.compiler.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftTest {

    private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";
    private final FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));

    @TempDir
    private Path folder;

    private List<String> namesAfterAnotherWrite() throws IOException {
        AtomicFile.write(folder.resolve("model.jar"), stream -> stream.write(1));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path draftOf(long pid) throws IOException {
        return Files.writeString(folder.resolve(".xceptionc-" + pid + "-" + UUID + ".tmp"), "half");
    }

    private static Process java(Class<?> program, Path file) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), program.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static long deadProcess() throws IOException, InterruptedException {
        Process process = java(Ended.class, Path.of("nothing"));
        assertTrue(process.waitFor(600, TimeUnit.SECONDS));
        return process.pid();
    }

    /** Does nothing. */
    static final class Ended {

        private Ended() {}

        public static void main(String[] arguments) {
            // ends
        }
    }

    /** Writes a file for ever. */
    static final class EndlessWriter {

        private EndlessWriter() {}

        public static void main(String[] arguments) throws IOException {
            AtomicFile.write(Path.of(arguments[0]), stream -> {
                stream.write(new byte[1 << 20]);
                System.out.println("begun");
                System.in.read();
            });
        }
    }

    @Test
    void aDraftStaysAsLongAsItsProcessAndGoesWithTheNextFileIfThatIsKilled() throws Exception {
        Process process = java(EndlessWriter.class, folder.resolve("other.jar"));
        try {
            assertEquals("begun", process.inputReader().readLine());
            List<String> names = namesAfterAnotherWrite();
            assertEquals(2, names.size(), names::toString);
            assertTrue(names.getFirst().startsWith(".xceptionc-" + process.pid() + "-"), names::toString);
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(600, TimeUnit.SECONDS));
        assertEquals(List.of("model.jar"), namesAfterAnotherWrite());
    }

    @Test
    void aDraftOfAProcessThatIsNotOfThisMachineStaysWhileItIsLocked() throws Exception {
        Path draft = draftOf(deadProcess()); // a number that says nothing here, as in another container
        Process process = java(Locker.class, draft);
        try {
            assertEquals("locked", process.inputReader().readLine());
            assertEquals(2, namesAfterAnotherWrite().size());
            Files.setLastModifiedTime(draft, longAgo);
            assertEquals(2, namesAfterAnotherWrite().size());
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(600, TimeUnit.SECONDS));
        assertEquals(List.of("model.jar"), namesAfterAnotherWrite());
    }

    /** Holds a file locked. */
    static final class Locker {

        private Locker() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.println("locked");
                System.in.read();
            }
        }
    }

    @Test
    void draftsOfDeadProcessesGo() throws Exception {
        draftOf(deadProcess());
        assertEquals(List.of("model.jar"), namesAfterAnotherWrite());
    }

    @Test
    void draftsOfOtherLivingProcessesGoWhenTheyAreOldAndNobodyWritesThem() throws Exception {
        Process other = java(EndlessWriter.class, Files.createDirectory(folder.resolve("elsewhere")).resolve("a"));
        try {
            assertEquals("begun", other.inputReader().readLine());
            Path draft = draftOf(other.pid());
            assertEquals(3, namesAfterAnotherWrite().size());
            Files.setLastModifiedTime(draft, longAgo);
            assertEquals(List.of("elsewhere", "model.jar"), namesAfterAnotherWrite());
        } finally {
            other.destroyForcibly();
        }
        assertTrue(other.waitFor(600, TimeUnit.SECONDS));
    }

    @Test
    void draftsOfEarlierVersionsGoWhenTheyAreOld() throws IOException {
        Path draft = Files.createFile(folder.resolve(".xceptionc-" + UUID + ".tmp"));
        assertEquals(2, namesAfterAnotherWrite().size());
        Files.setLastModifiedTime(draft, longAgo);
        assertEquals(List.of("model.jar"), namesAfterAnotherWrite());
    }

    @Test
    void filesWithOtherNamesAndWhatIsNoFileStay() throws Exception {
        long dead = deadProcess();
        List<String> names = Stream.of(".xceptionc-notes.tmp", ".xceptionc-" + dead + ".tmp",
                ".xceptionc-" + dead + "-" + UUID + ".tmp.bak", "xceptionc-" + dead + "-" + UUID + ".tmp",
                ".xceptionc-" + dead + "-" + UUID + "-" + UUID + ".tmp", "a.xceptionc-" + dead + "-" + UUID + ".tmp")
                .sorted().toList();
        for (String name : names) {
            Files.setLastModifiedTime(Files.createFile(folder.resolve(name)), longAgo);
        }
        Path directory = Files.createDirectory(folder.resolve(".xceptionc-" + dead + "-" + UUID + ".tmp"));
        List<String> expected = Stream.concat(names.stream(),
                Stream.of(directory.getFileName().toString(), "model.jar")).sorted().toList();
        assertEquals(expected, namesAfterAnotherWrite());
    }

    @Test
    void whereALinkLeadsStays() throws Exception {
        Path target = Files.writeString(folder.resolve("precious"), "x");
        Path link = folder.resolve(".xceptionc-" + deadProcess() + "-" + UUID + ".tmp");
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException _) {
            assumeTrue(false, "no links here");
        }
        assertEquals(List.of(link.getFileName().toString(), "model.jar", "precious"), namesAfterAnotherWrite());
        assertEquals("x", Files.readString(target));
    }
}
