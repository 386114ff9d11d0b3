package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.util.concurrent.CountDownLatch;

/**
 * Gets a network's kernels compiled before real data comes: in the background it runs a small part of steps that call them all,
 * in a session that nobody uses yet, until they are quick. A first run waits for it, as it would otherwise crawl through the interpreter.
 */
final class WarmUp {

    private static final int PARTS = 1 << 16;
    private static final int MOST_ROUNDS = 5_000;
    private static final int QUICK_ROUNDS = 50;
    private static final long QUICK_NANOS = 100_000;

    private final Network network;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile Throwable failure;

    private WarmUp(Network network) {
        this.network = network;
    }

    /** Starts warming up the kernels of a network; nobody else may use the session until then. */
    static WarmUp start(Network network, Session session) {
        WarmUp warmUp = new WarmUp(network);
        Frame frame = session.frameOfParts(PARTS);
        Thread.ofPlatform().daemon().name("xceptionc-warm-up").start(() -> warmUp.run(frame));
        return warmUp;
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

    /** Says why a kernel could not be run, if one could not. */
    void requireSuccess() {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new ModelException(
                    "the generated code of " + network.getClass().getName() + " does not run: " + thrown
                            + "; compile the model again with this version",
                    thrown);
        }
    }

    /** Ends it soon. */
    void cancel() {
        cancelled = true;
        await();
    }

    private void run(Frame frame) {
        try {
            KernelCompilation.excludeFromC1(network.getClass());
            FusedMultiplyAdd.warnWithout();
            for (int step : network.warmUpSteps()) {
                warmUp(step, frame);
            }
        } catch (Throwable thrown) { // handed to whoever runs the model first
            failure = thrown;
        } finally {
            done.countDown();
        }
    }

    private void warmUp(int step, Frame frame) {
        int quick = 0;
        for (int round = 0; round < MOST_ROUNDS && quick < QUICK_ROUNDS && !cancelled; round++) {
            long start = System.nanoTime();
            network.runStep(step, frame, PARTS - 1, PARTS);
            quick = System.nanoTime() - start < QUICK_NANOS ? quick + 1 : 0;
        }
    }
}
