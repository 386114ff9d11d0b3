package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.testing.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Models that were closed leave nothing behind, nor do runs, however many there were. */
@EnabledOnOs(OS.LINUX)
class LeakTest {

    private static final int MODELS = 90;
    private static final int KIBIBYTES_BESIDE_MODELS = 48 << 10; // the weights of 60 are 360 MiB
    private static final int RUNS = 100_000;
    private static final int KIBIBYTES_BESIDE_RUNS = 12 << 10; // the memory of 5,000 sessions is more than 20 MiB
    private static final int CLASSES_OF_JDK = 100;
    private static final int KIBIBYTES_OF_HEAP = 512; // the smallest objects, one for each run, are 800

    /** All of the heap is in memory from the beginning. */
    private static final List<String> OPTIONS = List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch");

    @TempDir
    private Path folder;

    @Test
    void modelsThatWereClosedLeaveNothingBehind() throws Exception {
        String output = ForkedJvm.run(LeakProbe.class, OPTIONS, KernelSpec.CONVOLUTIONS.jar(folder),
                "xceptionc.model.convolutions.Convolutions", MODELS);
        assertSame(output, KIBIBYTES_BESIDE_MODELS);
    }

    @Test
    void runsLeaveNothingBehind() throws Exception {
        Path jar = new ModelVersion("small", 1).jar(folder);
        assertSame(ForkedJvm.run(RunsProbe.class, OPTIONS, jar, RUNS), KIBIBYTES_BESIDE_RUNS);
    }

    private static void assertSame(String output, int kibibytes) {
        Held early = Held.parse(output).get(0);
        Held late = Held.parse(output).get(1);
        assertEquals(early.threads(), late.threads(), "threads: " + output);
        assertTrue(late.classes() < early.classes() + CLASSES_OF_JDK, "classes: " + output);
        assertTrue(late.heapKibibytes() < early.heapKibibytes() + KIBIBYTES_OF_HEAP, "heap: " + output);
        assertTrue(late.residentKibibytes() < early.residentKibibytes() + kibibytes, "memory: " + output);
        assertEquals(0, early.openFiles() + late.openFiles(), "files: " + output);
        assertTrue(early.directives() > 0, output);
        assertEquals(early.directives(), late.directives(), "directives: " + output);
    }
}
