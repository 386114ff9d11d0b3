package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a model beside its callers'. One run at a time has them; a run that finds them taken does its steps alone,
 * with the same result. Between two steps a worker spins for a moment, then it sleeps.
 */
final class Workers implements AutoCloseable {

    private static final int SPINS = 4_000;

    private final Thread[] threads;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private volatile boolean closed;
    private volatile Throwable failure;
    private volatile Thread caller;
    private Network network;
    private Frame frame;
    private int step;

    /**
     * Starts {@code count} daemon threads.
     *
     * @throws ModelException if the system does not grant so many; then none is left
     */
    Workers(String name, int count) {
        this(name, count, Thread.ofPlatform().daemon().factory());
    }

    Workers(String name, int count, ThreadFactory factory) {
        threads = new Thread[count];
        for (int i = 0; i < count; i++) {
            int part = i + 1;
            threads[i] = factory.newThread(() -> work(part));
            threads[i].setName(name + "-" + part);
            start(threads[i]);
        }
    }

    private void start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError refused) {
            close();
            throw new ModelException("the system does not grant a model " + threads.length
                    + " threads beside the caller's; open it with fewer threads", refused);
        }
    }

    /** Takes the workers for a run; whoever gets {@code true} calls {@link #release} at its end. */
    boolean tryAcquire() {
        return threads.length > 0 && !closed && taken.compareAndSet(false, true);
    }

    void release() {
        taken.set(false);
    }

    /** Runs all parts of a step, part 0 on the calling thread. */
    void run(Network nextNetwork, Frame nextFrame, int nextStep) {
        network = nextNetwork;
        frame = nextFrame;
        step = nextStep;
        caller = Thread.currentThread();
        pending.set(threads.length);
        generation.incrementAndGet();
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        try {
            nextNetwork.runStep(nextStep, nextFrame, 0, threads.length + 1);
        } finally {
            awaitAll();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw new ModelException("step '" + nextNetwork.stepName(nextStep) + "' failed", thrown);
        }
    }

    private void awaitAll() {
        for (int spins = 0; pending.get() > 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void work(int part) {
        int seen = 0;
        while (true) {
            for (int spins = 0; generation.get() == seen && !closed; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (generation.get() == seen) {
                return;
            }
            seen++;
            runPart(part);
            if (pending.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    private void runPart(int part) {
        try {
            network.runStep(step, frame, part, threads.length + 1);
        } catch (Throwable thrown) { // handed to the caller, who throws it
            failure = thrown;
        }
    }

    /** Ends the threads; a step under way is finished first. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
