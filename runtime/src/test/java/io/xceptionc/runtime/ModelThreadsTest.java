package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.runtime.kernel.Frame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A model serves any number of threads, of either kind, interrupted or not, and a run that fails spoils nothing. */
class ModelThreadsTest {

    private static final float[] INPUT = {2};
    private static final float[] OUTPUT = {6};

    private final FaultyMemory memory = new FaultyMemory(0);

    @Test
    void runsOfManyThreadsTakeMemoryForAsManyAsThereAreProcessors() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable count = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            sleep();
            running.decrementAndGet();
        };
        try (CompiledModel model = TinyNetworks.before(count, memory);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> runs = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                float[] input = {i};
                runs.add(threads.submit(() -> model.run(input)));
            }
            for (int i = 0; i < runs.size(); i++) {
                assertArrayEquals(new float[] {3 * i}, runs.get(i).get());
            }
            assertEquals(processors, most.get());
            assertEquals(1 + processors, memory.openArenas());
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void runsOfOneSessionWaitForOneAnother() throws Exception {
        AtomicInteger running = new AtomicInteger();
        Runnable alone = () -> {
            assertEquals(1, running.incrementAndGet());
            Thread.onSpinWait();
            running.decrementAndGet();
        };
        try (CompiledModel model = TinyNetworks.before(alone, memory);
                Session session = model.newSession();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> runs = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                float[] input = {i};
                float[] output = new float[1];
                runs.add(threads.submit(() -> session.run(input, output), output));
            }
            for (int i = 0; i < runs.size(); i++) {
                assertArrayEquals(new float[] {3 * i}, runs.get(i).get());
            }
        }
    }

    /** One that waits for the warm-up, for a session, or in a run. */
    @Test
    void anInterruptedThreadGetsItsAnswerAndStaysInterrupted() throws Exception {
        Gate warmUp = new Gate();
        Gate step = new Gate();
        try (CompiledModel model = TinyNetworks.open(new TinyNetwork(0) {
            @Override
            public int loopCount() {
                return 1;
            }

            @Override
            public void runLoop(int loop, int count, Frame frame) {
                warmUp.run();
            }

            @Override
            public void runStep(int stepIndex, Frame frame, int part, int parts) {
                step.run();
                super.runStep(stepIndex, frame, part, parts);
            }
        }, memory); Session session = model.newSession()) {
            float[] output = new float[1];
            List<FutureTask<Boolean>> runs = Stream
                    .<Runnable>of(() -> assertArrayEquals(OUTPUT, model.run(INPUT)),
                            () -> session.run(INPUT, output), () -> session.run(INPUT, output), model::awaitWarmUp)
                    .map(run -> new FutureTask<>(() -> {
                        run.run();
                        return Thread.currentThread().isInterrupted();
                    })).toList();
            for (FutureTask<Boolean> run : runs) {
                Thread thread = Thread.ofPlatform().daemon().start(run);
                Gate.awaitWaiting(thread);
                thread.interrupt();
            }
            warmUp.open();
            step.awaitSomebody();
            step.open();
            for (FutureTask<Boolean> run : runs) {
                assertTrue(run.get());
            }
            assertArrayEquals(OUTPUT, output);
        }
    }

    @Test
    void memoryThatCannotBeUsedFailsThatRunAlone() throws Exception {
        try (CompiledModel model = TinyNetworks.before(() -> {
        }, memory); Session session = model.newSession(); Arena confined = Arena.ofConfined()) {
            MemorySegment input = MemorySegment.ofArray(INPUT);
            MemorySegment output = MemorySegment.ofArray(new float[1]);
            MemorySegment others = confined.allocate(4);
            MemorySegment closed;
            try (Arena arena = Arena.ofShared()) {
                closed = arena.allocate(4);
            }
            assertFailure(WrongThreadException.class, session, others, output);
            assertFailure(WrongThreadException.class, session, input, others);
            assertFailure(IllegalStateException.class, session, closed, output);
            assertFailure(IllegalStateException.class, session, input, closed);
            assertFailure(IllegalArgumentException.class, session, input, output.asReadOnly());
            assertFailure(IllegalArgumentException.class, session, input.asSlice(1), output);
            assertFailure(IllegalArgumentException.class, session, input, output.asSlice(1));
            assertFailure(NullPointerException.class, session, null, output);
            session.run(input, output);
            assertEquals(OUTPUT[0], output.get(ValueLayout.JAVA_FLOAT, 0));
            assertArrayEquals(OUTPUT, model.run(INPUT));
        }
        assertEquals(0, memory.openArenas());
    }

    /** In a thread of its own. */
    private static void assertFailure(Class<? extends Exception> type, Session session, MemorySegment input,
            MemorySegment output) throws InterruptedException {
        FutureTask<Void> run = new FutureTask<>(() -> session.run(input, output), null);
        Thread.startVirtualThread(run);
        assertEquals(type, assertThrows(Exception.class, run::get).getCause().getClass());
    }

    @Test
    void aPartThatFailsFailsThatRunAlone() {
        AtomicInteger parts = new AtomicInteger();
        try (CompiledModel model = TinyNetworks.open(new TinyNetwork(0) {
            @Override
            public boolean isParallel(int step) {
                return true;
            }

            @Override
            public void runStep(int step, Frame frame, int part, int of) {
                if (parts.incrementAndGet() % 5 == 0) {
                    throw new StackOverflowError("part " + part);
                }
                super.runStep(step, frame, part, of);
            }
        }, memory); Session session = model.newSession()) {
            int failures = 0;
            for (int run = 0; run < 1_000; run++) {
                session.input().set(ValueLayout.JAVA_FLOAT, 0, run);
                int before = parts.get() / 5;
                try {
                    session.run();
                    assertEquals(3 * run, session.output().get(ValueLayout.JAVA_FLOAT, 0));
                    assertEquals(before, parts.get() / 5);
                } catch (ModelException e) {
                    assertEquals("step 'multiply' failed", e.getMessage());
                    failures++;
                }
            }
            assertEquals(3_000, parts.get(), "no part is lost or done twice");
            assertEquals(600, failures);
        }
    }
}
