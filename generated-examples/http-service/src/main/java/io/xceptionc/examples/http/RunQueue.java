package io.xceptionc.examples.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a few runs go on at once and a bounded number of requests wait for them; who comes when all places are taken is
 * refused at once. A request of many runs takes its turn anew for each, so that it does not hold up the others.
 *
 * <p> Runs have threads of the platform's: they compute without a pause, and would keep virtual threads, which read and
 * write requests, from going on.
 */
final class RunQueue implements AutoCloseable {

    private final int size;
    private final Semaphore places;
    private final Duration patience;
    private final ExecutorService runs;

    /**
     * With threads of its own.
     *
     * @param runsAtOnce how many runs go on at once
     * @param waiting how many requests may wait for them
     * @param patience how long a request may stay
     */
    RunQueue(int runsAtOnce, int waiting, Duration patience) {
        size = runsAtOnce + waiting;
        places = new Semaphore(size);
        this.patience = patience;
        runs = Executors.newFixedThreadPool(runsAtOnce, Thread.ofPlatform().name("run-", 0).daemon().factory());
    }

    /**
     * Takes a place, which the caller closes when its request is answered.
     *
     * @throws RequestProblem if there is none
     */
    Place enter() {
        if (!places.tryAcquire()) {
            throw RequestProblem.busy(size + " requests are under way or wait, and no more may; try again");
        }
        return new Place();
    }

    /** How many requests have a place. */
    int requestCount() {
        return size - places.availablePermits();
    }

    /** The place of one request. */
    final class Place implements AutoCloseable {

        private final long start = System.nanoTime();

        private Place() {}

        /**
         * Runs something when it is its turn.
         *
         * @throws RequestProblem if the request's time is over; what is under way then ends unheard
         */
        <T> T run(Callable<T> task) {
            Future<T> result = runs.submit(task);
            try {
                return result.get(patience.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                result.cancel(false);
                throw RequestProblem.busy("the request was not answered in " + patience.toMillis()
                        + " ms; try again, or with fewer images");
            } catch (InterruptedException _) {
                result.cancel(false);
                Thread.currentThread().interrupt();
                throw RequestProblem.busy("the service is being shut down; try again");
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RequestProblem problem
                        ? problem
                        : new IllegalStateException(failure.getCause());
            }
        }

        @Override
        public void close() {
            places.release();
        }
    }

    /** Ends the threads after what is under way. */
    @Override
    public void close() {
        runs.close();
    }
}
