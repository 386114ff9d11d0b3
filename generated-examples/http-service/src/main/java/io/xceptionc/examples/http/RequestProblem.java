package io.xceptionc.examples.http;

import java.util.Map;
import java.util.Objects;

/** A request that is not answered as it asks; its message goes to the client. */
final class RequestProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    /** Runs take parts of a second: after so long there is room, unless the load stays. */
    private static final Map<String, String> RETRY = Map.of("Retry-After", "1");

    private final int status;
    private final transient Map<String, String> header;

    private RequestProblem(int status, String message, Map<String, String> header) {
        super(Objects.requireNonNull(message), null, false, false); // the client's mistake, so nobody asks where it was found
        this.status = status;
        this.header = Map.copyOf(header);
    }

    /** The request is wrong, in a way that a status tells. */
    static RequestProblem of(int status, String message) {
        return new RequestProblem(status, message, Map.of());
    }

    /** The request is wrong. */
    static RequestProblem wrong(String message) {
        return of(400, message);
    }

    /** What it names is not there. */
    static RequestProblem missing(String message) {
        return of(404, message);
    }

    /** What it names takes other methods, {@code allowed}. */
    static RequestProblem wrongMethod(String message, String allowed) {
        return new RequestProblem(405, message, Map.of("Allow", allowed));
    }

    /** It came too slowly. */
    static RequestProblem late(String message) {
        return of(408, message);
    }

    /** It or its answer is longer than they may be. */
    static RequestProblem tooLong(String message) {
        return of(413, message);
    }

    /** It is understood, and has no answer. */
    static RequestProblem unanswerable(String message) {
        return of(422, message);
    }

    /** It is not the time for it. */
    static RequestProblem busy(String message) {
        return new RequestProblem(503, message, RETRY);
    }

    /** The status of the response. */
    int status() {
        return status;
    }

    /** What the client is told. */
    Answer answer() {
        return new Answer(status, header, Answers.error(getMessage()));
    }
}
