package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.runtime.kernel.Frame;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who closes a model or a session waits for what is under way, whatever threads there are, and then nothing is left.
 */
class ModelClosingTest {

    private static final float[] INPUT = {2};
    private static final float[] OUTPUT = {6};

    private final FaultyMemory memory = new FaultyMemory(0);

    private static Thread start(boolean virtual, Runnable action) {
        return virtual ? Thread.startVirtualThread(action) : Thread.ofPlatform().daemon().start(action);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingAModelWaitsForItsRuns(boolean virtual) throws Exception {
        Gate gate = new Gate();
        CompiledModel model = TinyNetworks.before(gate, memory);
        FutureTask<float[]> run = new FutureTask<>(() -> model.run(INPUT));
        start(virtual, run);
        gate.awaitSomebody();
        Thread first = start(virtual, model::close);
        Gate.awaitWaiting(first);
        Thread second = start(virtual, model::close);
        Gate.awaitWaiting(second);
        assertEquals(2, memory.openArenas(), "the weights' and the session's");
        assertEquals("model 'tiny' is closed; open a new one",
                assertThrows(ModelClosedException.class, () -> model.run(INPUT)).getMessage());
        gate.open();
        assertArrayEquals(OUTPUT, run.get());
        Gate.awaitEnd(second);
        assertEquals(0, memory.openArenas(), "who closes second has waited, too");
        Gate.awaitEnd(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingASessionWaitsForItsRun(boolean virtual) throws Exception {
        Gate gate = new Gate();
        try (CompiledModel model = TinyNetworks.before(gate, memory)) {
            Session session = model.newSession();
            float[] result = new float[1];
            FutureTask<Void> run = new FutureTask<>(() -> session.run(INPUT, result), null);
            start(virtual, run);
            gate.awaitSomebody();
            FutureTask<Void> next = new FutureTask<>(session::run, null);
            Gate.awaitWaiting(start(virtual, next));
            Thread closing = start(virtual, session::close);
            Gate.awaitWaiting(closing);
            assertTrue(session.output().scope().isAlive());
            gate.open();
            run.get();
            Gate.awaitEnd(closing);
            assertArrayEquals(OUTPUT, result);
            assertThrows(IllegalStateException.class, () -> session.output().get(ValueLayout.JAVA_FLOAT, 0));
            assertArrayEquals(OUTPUT, model.run(INPUT));
        }
        assertEquals(0, memory.openArenas());
    }

    /** Its kernels are not compiled for ever; it would take minutes to run a large network so. */
    @Test
    void aRunThatWaitsForTheWarmUpEndsWhenTheModelIsClosed() throws Exception {
        CompiledModel model = TinyNetworks.open(new TinyNetwork(0) {
            private volatile byte[] garbage;

            @Override
            public int loopCount() {
                return 1;
            }

            @Override
            public void runLoop(int loop, int count, Frame frame) {
                garbage = new byte[16];
            }
        }, memory);
        List<FutureTask<?>> waiting =
                List.of(new FutureTask<>(() -> model.run(INPUT)), new FutureTask<>(model::awaitWarmUp, null));
        for (FutureTask<?> task : waiting) {
            Gate.awaitWaiting(start(false, task));
        }
        model.close();
        for (FutureTask<?> task : waiting) {
            assertEquals(ModelClosedException.class,
                    assertThrows(Exception.class, task::get).getCause().getClass());
        }
        assertEquals(VectorStatus.State.WARMING_UP, model.vectorStatus().state());
        assertEquals(0, memory.openArenas());
    }

    @Test
    void whoIsShownATraceCannotCloseTheModel() {
        List<String> shown = new ArrayList<>();
        try (CompiledModel model = TinyNetworks.before(() -> {
        }, memory)) {
            model.trace(INPUT, (step, _, elements) -> {
                String message = assertThrows(ModelException.class, model::close).getMessage();
                assertArrayEquals(OUTPUT, model.run(INPUT), "it is as open as before");
                shown.add(step.name() + " " + elements[0] + " " + message);
            });
        }
        assertEquals(
                List.of("scale 6.0 model 'tiny' cannot be closed by who is shown its trace; close it when the trace"
                        + " has ended"),
                shown);
        assertEquals(0, memory.openArenas());
    }

    @Test
    void memoryThatAChannelReadsIntoIsClosedAfterwards() throws Exception {
        CompiledModel model = TinyNetworks.before(() -> {
        }, memory);
        Session session = model.newSession();
        model.newSession();
        Pipe pipe = Pipe.open();
        FutureTask<Integer> reading = new FutureTask<>(() -> pipe.source().read(session.input().asByteBuffer()));
        awaitRead(start(false, reading));
        for (AutoCloseable inUse : List.of(session, model)) {
            assertEquals("the memory of a session of model 'tiny' is in use by a channel or another library; close it"
                    + " when that has ended", assertThrows(ModelException.class, inUse::close).getMessage());
        }
        assertEquals(2, memory.openArenas(), "the weights' and that of the session in use");
        pipe.sink().write(ByteBuffer.allocate(4));
        assertEquals(4, reading.get());
        model.close();
        assertEquals(0, memory.openArenas());
        pipe.sink().close();
        pipe.source().close();
    }

    /** Waits until a thread is in the system's function that reads. */
    private static void awaitRead(Thread thread) throws InterruptedException {
        StackTraceElement[] stack;
        do {
            Thread.sleep(1);
            stack = thread.getStackTrace();
        } while (stack.length == 0 || !stack[0].isNativeMethod() || !stack[0].getMethodName().startsWith("read"));
    }

    @Test
    void sessionsThatAreOpenedWhileTheModelIsClosedAreClosedOrRefused() throws Exception {
        int refused = 0;
        int opened = 0;
        for (int round = 0; round < 50; round++) {
            CompiledModel model = TinyNetworks.before(() -> {
            }, memory);
            model.run(INPUT);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Session>> sessions = new ArrayList<>();
                List<Future<?>> closings = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    sessions.add(threads.submit(model::newSession));
                    if (i % 10 == 5) {
                        closings.add(threads.submit(model::close));
                    }
                }
                for (Future<?> closing : closings) {
                    closing.get();
                    assertEquals(0, memory.openArenas());
                }
                for (Future<Session> session : sessions) {
                    if (isRefused(session)) {
                        refused++;
                    } else {
                        opened++;
                        assertThrows(ModelClosedException.class, session.get()::run);
                    }
                }
            }
        }
        assertTrue(refused > 0 && opened > 0, refused + " refused, " + opened + " opened");
    }

    private static boolean isRefused(Future<Session> session) throws InterruptedException {
        try {
            assertFalse(session.get().input().scope().isAlive());
            return false;
        } catch (ExecutionException e) {
            assertEquals(ModelClosedException.class, e.getCause().getClass());
            return true;
        }
    }
}
