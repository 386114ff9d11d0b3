package io.xceptionc.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {

    private final FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));

    @TempDir
    private Path temporary;

    private Path folder(String name, FileTime time) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        Files.writeString(folder.resolve("model.jar"), "x");
        return Files.setLastModifiedTime(folder, time);
    }

    private static long deadProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertTrue(process.waitFor(600, TimeUnit.SECONDS));
        return process.pid();
    }

    @Test
    void isNamedAfterItsProcessAndGoesWhenItIsClosed() throws IOException {
        Path path;
        try (PrivateFolder folder = PrivateFolder.create()) {
            path = folder.path();
            String name = path.getFileName().toString();
            assertTrue(name.matches("xceptionc-" + ProcessHandle.current().pid() + "-[0-9]+"), name);
            Files.writeString(path.resolve("model.jar"), "x");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void thoseOfProcessesThatAreLongDeadGo() throws Exception {
        long dead = deadProcess();
        long alive = ProcessHandle.current().pid();
        FileTime now = FileTime.from(Instant.now());
        folder("xceptionc-" + dead + "-1", longAgo);
        List<Path> staying =
                Stream.of(folder("xceptionc-" + dead + "-2", now), folder("xceptionc-" + alive + "-3", longAgo),
                        folder("xceptionc-" + dead, longAgo), folder("xceptionc-" + dead + "-work", longAgo),
                        folder("my-xceptionc-" + dead + "-1", longAgo)).sorted().toList();
        PrivateFolder.removeAbandoned(staying.getLast());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(staying, left.sorted().toList());
        }
        for (Path folder : staying) {
            assertTrue(Files.exists(folder.resolve("model.jar")));
        }
    }
}
