package io.xceptionc.examples.http;

import java.time.Duration;
import java.util.Objects;

/**
 * How models are served. Requests take at most {@code (runs + waiting) * requestBytes * 24} bytes of memory, as a value of two
 * characters takes twelve bytes while the tensor it belongs to grows.
 *
 * @param host the address to listen at
 * @param port the port; 0 for a free one
 * @param runs how many runs go on at once, each on one thread
 * @param waiting how many requests may wait for the runs before theirs; further ones are refused
 * @param patience how long a request may take from its arrival
 * @param requestBytes the longest body
 * @param arrival how long a body may take to arrive, and a connection be idle
 * @param shutdown how long requests under way may take when the service is closed
 */
record ServiceOptions(
        String host,
        int port,
        int runs,
        int waiting,
        Duration patience,
        long requestBytes,
        Duration arrival,
        Duration shutdown) {

    /** On this machine alone, at port 8080, a run a processor. */
    static final ServiceOptions DEFAULT = new ServiceOptions("127.0.0.1", 8080,
            Runtime.getRuntime().availableProcessors(), 32, Duration.ofSeconds(30), 16 << 20, Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    ServiceOptions {
        Objects.requireNonNull(host);
        if (port < 0 || port > 65_535 || runs < 1 || waiting < 0 || requestBytes < 1) {
            throw new IllegalArgumentException("port %d, %d runs, %d waiting, %d bytes".formatted(port, runs, waiting,
                    requestBytes));
        }
    }

    /** The same at another port. */
    ServiceOptions withPort(int other) {
        return new ServiceOptions(host, other, runs, waiting, patience, requestBytes, arrival, shutdown);
    }

    /** The same with so many runs at once and requests that wait for them. */
    ServiceOptions withQueue(int runsAtOnce, int waitingAtMost) {
        return new ServiceOptions(host, port, runsAtOnce, waitingAtMost, patience, requestBytes, arrival, shutdown);
    }

    /** The same with another time for a request. */
    ServiceOptions withPatience(Duration time) {
        return new ServiceOptions(host, port, runs, waiting, time, requestBytes, arrival, shutdown);
    }

    /** The same with bodies of so many bytes. */
    ServiceOptions withRequestBytes(long bytes) {
        return new ServiceOptions(host, port, runs, waiting, patience, bytes, arrival, shutdown);
    }

    /** The same with another time for bodies to arrive. */
    ServiceOptions withArrival(Duration time) {
        return new ServiceOptions(host, port, runs, waiting, patience, requestBytes, time, shutdown);
    }
}
