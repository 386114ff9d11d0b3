package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds whoever runs it until it is opened. */
final class Gate implements Runnable {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    @Override
    public void run() {
        reached.countDown();
        boolean interrupted = false;
        while (opened.getCount() > 0) {
            try {
                opened.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until somebody is held. */
    void awaitSomebody() throws InterruptedException {
        assertTrue(reached.await(LONGEST.toSeconds(), TimeUnit.SECONDS));
    }

    void open() {
        opened.countDown();
    }

    /** Waits until a thread waits for another one. */
    static void awaitWaiting(Thread thread) throws InterruptedException {
        long start = System.nanoTime();
        while (thread.getState() != Thread.State.WAITING) {
            assertTrue(thread.isAlive() && System.nanoTime() - start < LONGEST.toNanos(), thread::toString);
            Thread.sleep(1);
        }
    }

    /** Waits until a thread has ended. */
    static void awaitEnd(Thread thread) throws InterruptedException {
        assertTrue(thread.join(LONGEST), () -> thread + " " + thread.getState());
        assertFalse(thread.isAlive());
    }
}
