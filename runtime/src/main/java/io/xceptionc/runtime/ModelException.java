package io.xceptionc.runtime;

/** A model cannot be opened or used; the message says what to do. */
public class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do about it. */
    public ModelException(String message) {
        super(message);
    }

    /** With what is wrong, and why. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
