package io.xceptionc.examples.http;

import java.util.OptionalInt;

/** A request that is not answered as it asks; its message goes to the client. */
final class RequestProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int SERVICE_UNAVAILABLE = 503;
    /** Runs take parts of a second: after so long there is room, unless the load stays. */
    private static final int RETRY_SECONDS = 1;

    private final int status;

    private RequestProblem(int status, String message) {
        super(message, null, false, false); // the client's mistake, so nobody wants to know where it was found
        this.status = status;
    }

    /** The request is wrong. */
    static RequestProblem wrong(String message) {
        return new RequestProblem(BAD_REQUEST, message);
    }

    /** What it names is not there. */
    static RequestProblem missing(String message) {
        return new RequestProblem(NOT_FOUND, message);
    }

    /** What it names takes other methods. */
    static RequestProblem wrongMethod(String message) {
        return new RequestProblem(METHOD_NOT_ALLOWED, message);
    }

    /** It came too slowly. */
    static RequestProblem late(String message) {
        return new RequestProblem(REQUEST_TIMEOUT, message);
    }

    /** It is longer than requests may be. */
    static RequestProblem tooLong(String message) {
        return new RequestProblem(CONTENT_TOO_LARGE, message);
    }

    /** It is not the time for it. */
    static RequestProblem busy(String message) {
        return new RequestProblem(SERVICE_UNAVAILABLE, message);
    }

    /** The status of the response. */
    int status() {
        return status;
    }

    /** The seconds after which the same request may be answered, where there are such. */
    OptionalInt retrySeconds() {
        return status == SERVICE_UNAVAILABLE ? OptionalInt.of(RETRY_SECONDS) : OptionalInt.empty();
    }
}
