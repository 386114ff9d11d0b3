package io.xceptionc.examples.http;

/** What answers the requests of one method at one path. */
sealed interface Endpoint {

    /** Answers with what is known, at once, on a thread that serves many connections. */
    @FunctionalInterface
    non-sealed interface Lookup extends Endpoint {
        Answer answer();
    }

    /** Answers with what a model makes of a body, when it is the request's turn. */
    @FunctionalInterface
    non-sealed interface Task extends Endpoint {

        /**
         * Answers one request.
         *
         * @throws RequestProblem if the body is not as it must be, or the request's time is over
         */
        Answer answer(byte[] body, RunQueue.Place place);
    }
}
