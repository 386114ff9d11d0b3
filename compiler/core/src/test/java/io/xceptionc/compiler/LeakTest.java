package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.testing.ForkedJvm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A model that was closed leaves nothing behind, however many there were. */
class LeakTest {

    private static final int TIMES = 200;
    private static final int CLASSES_OF_JDK = 100;
    private static final int KIBIBYTES_OF_JVM = 150 << 10; // 170 models' weights are 1 GiB

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void modelsThatWereClosedLeaveNothingBehind() throws Exception {
        String output = ForkedJvm.run(LeakProbe.class, List.of("-Xmx64m"), KernelSpec.CONVOLUTIONS.jar(folder), TIMES);
        List<int[]> held = output.lines()
                .map(line -> Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray()).toList();
        int[] early = held.get(0);
        int[] late = held.get(1);
        assertEquals(early[0], late[0], "threads: " + output);
        assertTrue(late[1] < early[1] + CLASSES_OF_JDK, "classes: " + output);
        assertTrue(late[2] < early[2] + KIBIBYTES_OF_JVM, "memory: " + output);
        assertTrue(early[3] > 0, output);
        assertEquals(early[3], late[3], "directives: " + output);
    }
}
