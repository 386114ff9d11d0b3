package io.xceptionc.examples.http;

import java.time.Duration;
import java.util.Objects;

/**
 * How models are served. Beside twice {@link ClientLimits#bufferedBytes}, requests take at most {@code (runs + waiting)
 * * bodyBytes * 8} bytes of memory: a value of two characters takes four bytes, and twice as many while the tensor it
 * belongs to grows; its results take as many again.
 *
 * @param host the address to listen at
 * @param port the port; 0 for a free one
 * @param runs how many runs go on at once, each on one thread
 * @param waiting how many requests may wait for the runs before theirs; further ones are refused
 * @param patience how long a request may take once it has arrived
 * @param notice how long a service that ends goes on to listen, so that who asks whether it is ready hears of it
 * @param shutdown how long requests under way may take after that
 * @param clients what clients may take
 */
record ServiceOptions(
        String host,
        int port,
        int runs,
        int waiting,
        Duration patience,
        Duration notice,
        Duration shutdown,
        ClientLimits clients) {

    /** On this machine alone, at port 8080, a run a processor. */
    static final ServiceOptions DEFAULT = new ServiceOptions("127.0.0.1", 8080,
            Runtime.getRuntime().availableProcessors(), 32, Duration.ofSeconds(30), Duration.ofSeconds(1),
            Duration.ofSeconds(30), ClientLimits.DEFAULT);

    ServiceOptions {
        Objects.requireNonNull(host);
        if (port < 0 || port > 65_535 || runs < 1 || waiting < 0) {
            throw new IllegalArgumentException("port %d, %d runs, %d waiting".formatted(port, runs, waiting));
        }
    }

    /** The host and a port as URLs have them. */
    String address(int actualPort) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + actualPort;
    }

    /** The same at another address. */
    ServiceOptions withHost(String other) {
        return new ServiceOptions(other, port, runs, waiting, patience, notice, shutdown, clients);
    }

    /** The same at another port. */
    ServiceOptions withPort(int other) {
        return new ServiceOptions(host, other, runs, waiting, patience, notice, shutdown, clients);
    }

    /** The same with so many runs at once and requests that wait for them. */
    ServiceOptions withQueue(int runsAtOnce, int waitingAtMost) {
        return new ServiceOptions(host, port, runsAtOnce, waitingAtMost, patience, notice, shutdown, clients);
    }

    /** The same with another time for a request. */
    ServiceOptions withPatience(Duration time) {
        return new ServiceOptions(host, port, runs, waiting, time, notice, shutdown, clients);
    }

    /** The same with another time to go on listening. */
    ServiceOptions withNotice(Duration time) {
        return new ServiceOptions(host, port, runs, waiting, patience, time, shutdown, clients);
    }

    /** The same with another time for requests under way when it ends. */
    ServiceOptions withShutdown(Duration time) {
        return new ServiceOptions(host, port, runs, waiting, patience, notice, time, clients);
    }

    /** The same with other limits for clients. */
    ServiceOptions withClients(ClientLimits limits) {
        return new ServiceOptions(host, port, runs, waiting, patience, notice, shutdown, limits);
    }
}
