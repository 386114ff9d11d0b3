package io.xceptionc.cli.file;

/** An input cannot be used; the message says why. */
public final class InputException extends Exception {

    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }
}
