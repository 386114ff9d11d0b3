package io.xceptionc.examples.spark;

/** The job cannot be done; the message says why, and what to do. */
final class JobException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do about it. */
    JobException(String message) {
        super(message);
    }
}
