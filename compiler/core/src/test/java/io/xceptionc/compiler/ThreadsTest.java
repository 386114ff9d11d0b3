package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.testing.ForkedJvm;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many threads a run has, and what else the machine does, is not to be seen in its result. */
class ThreadsTest {

    private static final int MOST_MILLIS_IDLE = 20;
    private static final Duration LONGEST_STARVED = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static Path jar;
    private static float[] images;
    private static float[] expected;

    @BeforeAll
    static void compile() throws Exception {
        jar = KernelSpec.CONVOLUTIONS.jar(folder);
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(1))) {
            Random random = new Random(7);
            images = new float[model.signature().inputLength()];
            for (int i = 0; i < images.length; i++) {
                images[i] = random.nextFloat() * 2 - 1;
            }
            expected = model.run(images);
        }
    }

    @Test
    void resultsAreTheSameToTheBitOnAnyNumberOfThreads() {
        for (int threads = 2; threads <= 5; threads++) {
            assertRuns(threads, 20);
        }
    }

    private static void assertRuns(int threads, int runs) {
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(threads))) {
            for (int run = 0; run < runs; run++) {
                assertArrayEquals(expected, model.run(images));
            }
        }
    }

    @Test
    void runsEndWhereOthersTakeAllProcessors() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        List<Thread> hogs = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            hogs.add(Thread.ofPlatform().daemon().start(() -> {
                while (!ended.get()) {
                    Thread.onSpinWait();
                }
            }));
        }
        try {
            assertTimeoutPreemptively(LONGEST_STARVED, () -> assertRuns(4, 20));
        } finally {
            ended.set(true);
            for (Thread hog : hogs) {
                hog.join();
            }
        }
    }

    @Test
    void threadsSleepBetweenRuns() throws Exception {
        String millis = ForkedJvm.run(IdleProbe.class, List.of(), jar).strip();
        assertTrue(Integer.parseInt(millis) < MOST_MILLIS_IDLE, millis);
    }
}
