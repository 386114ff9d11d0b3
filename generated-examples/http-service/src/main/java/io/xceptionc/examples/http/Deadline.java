package io.xceptionc.examples.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One alarm at a time, on a connection's own thread. */
final class Deadline {

    private final EventExecutor executor;
    private Future<?> alarm;

    /** None yet. */
    Deadline(EventExecutor executor) {
        this.executor = executor;
    }

    /** Does something after a time, and what was to be done before no more. */
    void start(Duration time, Runnable late) {
        cancel();
        alarm = executor.schedule(late, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Nothing is to be done any more. */
    void cancel() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
