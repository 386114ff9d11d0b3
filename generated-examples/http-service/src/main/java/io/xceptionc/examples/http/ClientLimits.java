package io.xceptionc.examples.http;

import java.time.Duration;

/**
 * What clients may take of the service. Each time is a total, however the bytes are spread over it. Where connections
 * or bytes run out, the client that has kept the service waiting the longest makes room: nobody who is served, and
 * nobody who is quick.
 *
 * @param connections how many are open at once
 * @param idle how long one may be open between requests
 * @param header how long a request's line and header may take to arrive
 * @param body how long its body may take
 * @param answer how long a client may take to read an answer
 * @param bodyBytes the longest body
 * @param bufferedBytes how many bytes of bodies and answers may be in memory; a body or answer for which there are too
 *        few is refused
 */
record ClientLimits(
        int connections,
        Duration idle,
        Duration header,
        Duration body,
        Duration answer,
        int bodyBytes,
        long bufferedBytes) {

    /** The longest request line, in bytes. */
    static final int LINE_BYTES = 8 << 10;
    /** The longest header, in bytes. */
    static final int HEADER_BYTES = 16 << 10;

    /** For small machines and ordinary lines: bodies of 16 MiB, 256 MiB of them and of answers. */
    static final ClientLimits DEFAULT = new ClientLimits(1000, Duration.ofSeconds(60), Duration.ofSeconds(10),
            Duration.ofSeconds(30), Duration.ofSeconds(60), 16 << 20, 256L << 20);

    ClientLimits {
        if (connections < 1 || bodyBytes < 1 || bufferedBytes < 0) {
            throw new IllegalArgumentException("%d connections, bodies of %d bytes, %d bytes for all".formatted(
                    connections, bodyBytes, bufferedBytes));
        }
    }

    /** The same with so many connections. */
    ClientLimits withConnections(int count) {
        return new ClientLimits(count, idle, header, body, answer, bodyBytes, bufferedBytes);
    }

    /** The same with another time between requests. */
    ClientLimits withIdle(Duration time) {
        return new ClientLimits(connections, time, header, body, answer, bodyBytes, bufferedBytes);
    }

    /** The same with another time for headers. */
    ClientLimits withHeader(Duration time) {
        return new ClientLimits(connections, idle, time, body, answer, bodyBytes, bufferedBytes);
    }

    /** The same with another time for bodies. */
    ClientLimits withBody(Duration time) {
        return new ClientLimits(connections, idle, header, time, answer, bodyBytes, bufferedBytes);
    }

    /** The same with another time for answers to be read. */
    ClientLimits withAnswer(Duration time) {
        return new ClientLimits(connections, idle, header, body, time, bodyBytes, bufferedBytes);
    }

    /** The same with bodies of so many bytes. */
    ClientLimits withBodyBytes(int bytes) {
        return new ClientLimits(connections, idle, header, body, answer, bytes, bufferedBytes);
    }

    /** The same with so many bytes for all bodies and answers. */
    ClientLimits withBufferedBytes(long bytes) {
        return new ClientLimits(connections, idle, header, body, answer, bodyBytes, bytes);
    }
}
