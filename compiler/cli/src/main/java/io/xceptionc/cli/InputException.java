package io.xceptionc.cli;

/** An input cannot be used; the message says why. */
final class InputException extends Exception {

    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
