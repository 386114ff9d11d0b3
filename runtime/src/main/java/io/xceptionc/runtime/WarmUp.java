package io.xceptionc.runtime;

import com.sun.management.ThreadMXBean;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Gets the loops of a network's kernels compiled before real data comes, in the background, while the weights are read.
 * A first run waits for it, as it would otherwise crawl through the interpreter.
 *
 * <p> HotSpot compiles a method that is called often, and learns from the calls what it does. A vector operation costs
 * the interpreter a microsecond and several objects, so each loop is called a few times with work to do, and thousands
 * of times with none. Compiled, it allocates nothing: that is how the end is noticed.
 */
final class WarmUp {

    private static final Logger LOGGER = System.getLogger(WarmUp.class.getName());

    /** HotSpot begins to record what a method does after 400 calls, and compiles it after 5000 more. */
    private static final int CALLS_TO_PROFILE = 450;
    private static final int CALLS_WITH_WORK = 3;
    private static final int CALLS_WITHOUT_WORK = 5_000;
    private static final int COUNT = 8;
    private static final int CALLS_OF_PAUSE = 512;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long MOST_NANOS = 30_000_000_000L;
    private static final long SCRATCH_BYTES = 1 << 16;
    private static final int MOST_THREADS = 4;

    /** A loop of a kernel that models share. */
    private record SharedLoop(SharedKernel kernel, int loop) {}

    private final Network network;
    private final List<SharedLoop> sharedLoops;
    private final int loopCount;
    private final Grants grants;
    private final long start = System.nanoTime();
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final AtomicBoolean gaveUp = new AtomicBoolean();
    private final CountDownLatch done;
    private volatile boolean cancelled;
    private volatile Throwable failure;

    private WarmUp(Network network, Grants grants, int threads) {
        this.network = network;
        sharedLoops = network.sharedKernels().stream().flatMap(kernel -> IntStream.range(0, kernel.loops().size())
                .mapToObj(loop -> new SharedLoop(kernel, loop))).toList();
        loopCount = network.loopCount() + sharedLoops.size();
        this.grants = grants;
        done = new CountDownLatch(threads);
    }

    /**
     * Starts warming up the kernels of a network, on several threads: who asks for a loop to be compiled waits for
     * that, and others can call theirs meanwhile. Fewer threads than that do as well, if the system grants no more.
     *
     * @throws ModelException if the system grants none
     */
    static WarmUp start(Network network, Grants grants) {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        WarmUp warmUp = new WarmUp(network, grants, threads);
        for (int i = 1; i <= threads; i++) {
            warmUp.startThread(i);
        }
        return warmUp;
    }

    private void startThread(int number) {
        try {
            grants.start("xceptionc-warm-up-" + number, this::run);
        } catch (OutOfMemoryError refused) {
            done.countDown();
            if (number == 1) { // then there will be no other
                throw new ModelException("the system does not grant a thread to get the kernels of "
                        + network.getClass().getName()
                        + " compiled; end threads that are not in use, or give the process"
                        + " more", refused);
            }
        }
    }

    /** Waits until the kernels are compiled. */
    void await() {
        boolean interrupted = false;
        while (done.getCount() > 0) {
            try {
                done.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the kernels run; whether they are compiled is known at the end. */
    VectorStatus status() {
        String reason = reason();
        VectorStatus.State state;
        if (done.getCount() > 0 || cancelled) {
            state = VectorStatus.State.WARMING_UP;
        } else {
            state = reason.isEmpty() ? VectorStatus.State.COMPILED : VectorStatus.State.SLOW;
        }
        return new VectorStatus(network.vectorBits(), VectorModule.machineBits(), loopCount, state, reason);
    }

    /** Why the kernels are slow; empty if they are not, or not yet known to be. */
    private String reason() {
        if (!VectorCompiler.isPresent()) {
            return VectorCompiler.lack();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            return thrown instanceof OutOfMemoryError
                    ? "there was too little memory to get them compiled: " + thrown.getMessage()
                    : "the code does not run: " + thrown;
        }
        return gaveUp.get() ? "HotSpot has not compiled all of them in " + MOST_NANOS / 1_000_000_000 + " s" : "";
    }

    /** Refuses what would crawl. */
    void requireCompiled() {
        String reason = reason();
        if (!reason.isEmpty()) {
            throw new ModelException("the kernels of " + network.getClass().getName() + " would be slow here, and the"
                    + " model was opened strictly: " + reason);
        }
    }

    /** Says why a kernel could not be run, if one could not. */
    void requireSuccess() {
        Throwable thrown = failure;
        if (thrown instanceof OutOfMemoryError) {
            throw new ModelException("there was too little memory to get the kernels of " + network.getClass().getName()
                    + " compiled (" + thrown.getMessage()
                    + "); close models and sessions that are not in use, or give the"
                    + " process more, and open the model again", thrown);
        }
        if (thrown != null) {
            throw new ModelException(
                    "the generated code of " + network.getClass().getName() + " does not run: " + thrown
                            + "; compile the model again with this version",
                    thrown);
        }
    }

    /** Ends it soon, if it has not come to its end. */
    void cancel() {
        if (done.getCount() > 0) {
            cancelled = true;
        }
        await();
    }

    /** Whether it was ended before its end, so that kernels may be slow. */
    boolean isCancelled() {
        return cancelled;
    }

    private void run() {
        try (Arena memory = grants.memory().get()) {
            loadSegmentsOnTheHeap();
            MemorySegment scratch = memory.allocate(SCRATCH_BYTES, 64);
            Frame frame = new Frame(scratch, scratch, 1, network.rowsFloats());
            for (int loop = 0; loop < loopCount; loop++) {
                call(loop, 1, 1, frame); // loads what it needs while the directives are given
            }
            VectorCompiler.warnWithout();
            KernelCompilation.direct();
            if (!VectorCompiler.isPresent()) {
                return;
            }
            for (int loop = nextLoop.getAndIncrement(); loop < loopCount; loop = nextLoop.getAndIncrement()) {
                warmUp(loop, frame);
            }
        } catch (Throwable thrown) { // handed to whoever runs the model first
            failure = thrown;
        } finally {
            done.countDown();
            if (done.getCount() == 0) {
                LOGGER.log(Logger.Level.DEBUG,
                        () -> "the kernels of " + network.getClass().getName() + ": " + status());
            }
        }
    }

    /**
     * Loads classes that a caller's arrays need. HotSpot relies on the classes of segments that it knows; if another
     * one came later, it would throw the kernels away.
     */
    private static void loadSegmentsOnTheHeap() {
        MemorySegment.ofArray(new byte[0]);
        MemorySegment.ofArray(new float[0]);
    }

    private void warmUp(int loop, Frame frame) {
        call(loop, CALLS_TO_PROFILE, 0, frame);
        call(loop, CALLS_WITH_WORK, COUNT, frame);
        call(loop, CALLS_WITHOUT_WORK, 0, frame);
        while (!cancelled && !isCompiled(loop, frame)) {
            if (System.nanoTime() - start > MOST_NANOS) {
                giveUp();
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            call(loop, CALLS_OF_PAUSE, 0, frame);
        }
    }

    private void call(int loop, int calls, int count, Frame frame) {
        for (int call = 0; call < calls && !cancelled; call++) {
            runLoop(loop, count, frame);
        }
    }

    /** Runs one of the network's own loops, or one of those that it shares with other models. */
    private void runLoop(int loop, int count, Frame frame) {
        if (loop < network.loopCount()) {
            network.runLoop(loop, count, frame);
        } else {
            SharedLoop shared = sharedLoops.get(loop - network.loopCount());
            shared.kernel().runLoop(shared.loop(), count, frame);
        }
    }

    private boolean isCompiled(int loop, Frame frame) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        runLoop(loop, COUNT, frame);
        return threads.getCurrentThreadAllocatedBytes() == before;
    }

    private void giveUp() {
        nextLoop.set(loopCount);
        if (!gaveUp.getAndSet(true)) {
            LOGGER.log(Logger.Level.WARNING,
                    "HotSpot has not compiled all kernels of " + network.getClass().getName() + " in "
                            + MOST_NANOS / 1_000_000_000 + " s; they may stay slow");
        }
    }
}
