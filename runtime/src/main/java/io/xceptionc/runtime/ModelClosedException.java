package io.xceptionc.runtime;

/** A model or session was used after it was closed. */
public final class ModelClosedException extends ModelException {

    private static final long serialVersionUID = 1L;

    /** With what was closed. */
    public ModelClosedException(String what) {
        super(what + " is closed; open a new one");
    }
}
