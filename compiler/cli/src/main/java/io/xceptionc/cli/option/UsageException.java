package io.xceptionc.cli.option;

/** The command line is wrong; the message says what about it. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
