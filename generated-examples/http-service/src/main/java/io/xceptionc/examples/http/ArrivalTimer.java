package io.xceptionc.examples.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cuts the connection of a client that takes too long to send a body, however it spreads the bytes. */
final class ArrivalTimer implements AutoCloseable {

    private final Duration longest;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("arrival").daemon().factory());

    /** @param longest how long a body may take */
    ArrivalTimer(Duration longest) {
        this.longest = longest;
    }

    /** Reads a body on the caller's thread. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Reads a body. Interrupting a thread that reads from a socket closes the socket.
     *
     * @throws RequestProblem if it has taken too long
     * @throws IOException if the client sends no more
     */
    <T> T read(Reading<T> reading) throws IOException {
        Thread reader = Thread.currentThread();
        AtomicBoolean decided = new AtomicBoolean();
        ScheduledFuture<?> alarm = timer.schedule(() -> {
            if (decided.compareAndSet(false, true)) {
                reader.interrupt();
            }
        }, longest.toNanos(), TimeUnit.NANOSECONDS);
        try {
            T result = reading.read();
            if (!decided.compareAndSet(false, true)) {
                throw RequestProblem.late("the request took longer than " + longest.toMillis() + " ms to arrive");
            }
            return result;
        } finally {
            decided.set(true);
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
