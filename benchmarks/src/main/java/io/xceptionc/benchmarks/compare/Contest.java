package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.Agreement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Engines that take turns, each in a process of its own that lives as long as the contest: so what ails the machine
 * ails all of them, one engine's threads and garbage do not burden another, and only one works at a time. What is
 * compared with what belongs into one contest: a machine may be faster a minute later. Contestants are told apart by
 * keys of the caller's.
 */
final class Contest<K> implements AutoCloseable {

    /** Threads of an engine may spin for a while after a run; the next one's turn begins after that. */
    private static final long PAUSE_MILLISECONDS = 100;

    private final Map<K, WorkerProcess> workers = new LinkedHashMap<>();

    /** Adds a contestant, which the contest owns from now on. */
    void add(K key, WorkerProcess worker) {
        workers.put(key, worker);
    }

    WorkerProcess worker(K key) {
        return workers.get(key);
    }

    /**
     * Compares a contestant's result with another's.
     *
     * @param images how many images the contestant computes for each one of the other, of which the first count
     * @throws IOException if they differ by more than a ten-thousandth of the scale
     */
    void requireSameResult(K reference, K contestant, int images) throws IOException {
        float[] expected = workers.get(reference).result();
        float[] actual = workers.get(contestant).result();
        double error = actual.length == expected.length * images
                ? Agreement.error(expected, Arrays.copyOf(actual, expected.length))
                : Double.POSITIVE_INFINITY;
        if (error > Agreement.TOLERANCE) {
            throw new IOException("%s and %s differ by %.2g of the scale, so that there is nothing to compare"
                    .formatted(reference, contestant, error));
        }
    }

    /**
     * Lets all take turns.
     *
     * @param samples the nanoseconds of runs of each, of contests before this one, to which it adds those of this one
     */
    void run(Effort effort, Map<K, List<Long>> samples) throws IOException {
        for (Map.Entry<K, WorkerProcess> entry : workers.entrySet()) {
            entry.getValue().time(effort.warmUpMilliseconds());
            samples.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>());
        }
        List<K> order = new ArrayList<>(workers.keySet());
        for (int round = 0; round < effort.rounds(); round++) {
            for (K key : order) {
                pause();
                samples.get(key).addAll(workers.get(key).time(effort.millisecondsPerRound()));
            }
            // Nobody always comes after the same one.
            Collections.reverse(order);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        for (WorkerProcess worker : workers.values()) {
            worker.close();
        }
    }
}
