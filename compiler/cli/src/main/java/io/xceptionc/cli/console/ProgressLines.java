package io.xceptionc.cli.console;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Prints a line for a step that begins some seconds after the last line; a work shorter than that prints none. */
final class ProgressLines implements Progress {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

    private final String work;
    private final int steps;
    private final PrintStream err;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private int begun;

    ProgressLines(String work, int steps, PrintStream err, LongSupplier nanoTime) {
        this.work = work;
        this.steps = steps;
        this.err = err;
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong();
    }

    @Override
    public void next(String step) {
        begun++;
        long now = nanoTime.getAsLong();
        if (now - lastNanos >= INTERVAL_NANOS) {
            lastNanos = now;
            err.print(Quotation.line("%s, %d of %d: %s".formatted(work, begun, steps, step)) + "\n");
        }
    }

    @Override
    public void close() {}
}
