package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a model beside its callers'. One run at a time has them; a run that finds them taken does its steps
 * alone, with the same result.
 *
 * <p> A step has as many parts as there are threads, and each thread begins with its own part, whose input is in its
 * cache. Then it takes parts that nobody has begun: a worker that is slow to wake up holds up nobody. Within a run a
 * worker stays awake between two steps, as to wake it would take longer than many a step; soon after the run it sleeps.
 */
final class Workers implements AutoCloseable {

    /**
     * Some tenths of a millisecond, and some tens of milliseconds: a halted processor takes longer to wake up than a
     * step.
     */
    private static final int SPINS = 5_000;
    private static final int SPINS_WITHIN_RUN = 500_000;

    private final Thread[] threads;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicIntegerArray begun;
    private final AtomicIntegerArray asleep;
    private volatile boolean closed;
    private volatile Throwable failure;
    private volatile Thread waiting;
    private Network network;
    private Frame frame;
    private int step;

    /**
     * Starts {@code count} daemon threads.
     *
     * @throws ModelException if the system does not grant so many; then none is left
     */
    Workers(String name, int count, Grants grants) {
        threads = new Thread[count];
        begun = new AtomicIntegerArray(count + 1);
        asleep = new AtomicIntegerArray(count + 1);
        for (int i = 0; i < count; i++) {
            int part = i + 1;
            threads[i] = start(grants, name + "-" + part, part);
        }
    }

    private Thread start(Grants grants, String name, int part) {
        try {
            return grants.start(name, () -> work(part));
        } catch (OutOfMemoryError refused) {
            close();
            throw new ModelException("the system does not grant a model " + threads.length
                    + " threads beside the caller's; open it with fewer threads", refused);
        }
    }

    /** Takes the workers for a run; whoever gets {@code true} calls {@link #release} at its end. */
    boolean tryAcquire() {
        if (threads.length == 0 || closed || !taken.compareAndSet(false, true)) {
            return false;
        }
        wakeUp();
        return true;
    }

    void release() {
        frame = null; // whose session may be closed before the next run
        taken.set(false);
    }

    private void wakeUp() {
        for (int part = 1; part <= threads.length; part++) {
            if (asleep.get(part) == 1) {
                LockSupport.unpark(threads[part - 1]);
            }
        }
    }

    /** Runs all parts of a step. */
    void run(Network nextNetwork, Frame nextFrame, int nextStep) {
        network = nextNetwork;
        frame = nextFrame;
        step = nextStep;
        pending.set(threads.length + 1);
        int now = generation.incrementAndGet();
        wakeUp();
        runParts(0, now);
        awaitAll();
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw new ModelException("step '" + nextNetwork.stepName(nextStep) + "' failed", thrown);
        }
    }

    private void awaitAll() {
        for (int spins = 0; pending.get() > 0; spins++) {
            if (spins < SPINS_WITHIN_RUN) {
                Thread.onSpinWait();
            } else {
                waiting = Thread.currentThread();
                if (pending.get() > 0) {
                    LockSupport.park(this);
                }
                waiting = null;
            }
        }
    }

    private void work(int part) {
        int seen = 0;
        while (!closed) {
            awaitStep(part, seen);
            seen = generation.get();
            runParts(part, seen);
        }
    }

    private void awaitStep(int part, int seen) {
        for (int spins = 0; generation.get() == seen && !closed; spins++) {
            if (spins < SPINS || taken.get()) {
                Thread.onSpinWait();
            } else {
                asleep.set(part, 1);
                if (generation.get() == seen && !taken.get() && !closed) {
                    LockSupport.park(this);
                }
                asleep.set(part, 0);
            }
        }
    }

    private void runParts(int own, int now) {
        int parts = threads.length + 1;
        for (int i = 0; i < parts; i++) {
            int part = (own + i) % parts;
            if (begun.compareAndSet(part, now - 1, now)) {
                runPart(part, parts);
            }
        }
    }

    private void runPart(int part, int parts) {
        try {
            network.runStep(step, frame, part, parts);
        } catch (Throwable thrown) { // handed to the caller, who throws it
            failure = thrown;
        }
        if (pending.decrementAndGet() == 0) {
            Thread caller = waiting;
            if (caller != null) {
                LockSupport.unpark(caller);
            }
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
