package io.xceptionc.runtime.picture;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The end of the time that a picture may take. Once it is past, every check fails: some decoders try again and again.
 */
final class Deadline {

    /** The clock is asked at every so many checks, as it takes longer than most of what decoders do between two. */
    static final int CHECKS_FOR_A_LOOK = 64;

    private final Duration time;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private int checks;
    private PictureException failure;

    /** From now on. */
    Deadline(Duration time) {
        this(time, System::nanoTime);
    }

    /** By another clock. */
    Deadline(Duration time, LongSupplier nanoTime) {
        this.time = time;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /**
     * Looks at the clock now and then.
     *
     * @throws PictureException when the time is over, or {@link #fail} was called
     */
    void check() throws PictureException {
        if (failure != null) {
            throw failure;
        }
        if (++checks % CHECKS_FOR_A_LOOK == 0 && nanoTime.getAsLong() - startNanos > time.toNanos()) {
            throw fail(new PictureException("takes longer to decode than " + time.toMillis()
                    + " ms, which is all that it may take"));
        }
    }

    /** Makes all further checks fail, and returns the problem to be thrown. */
    PictureException fail(PictureException problem) {
        failure = problem;
        return problem;
    }

    /** What has ended the decoding, also where the decoder has hidden it. */
    Optional<PictureException> failure() {
        return Optional.ofNullable(failure);
    }
}
