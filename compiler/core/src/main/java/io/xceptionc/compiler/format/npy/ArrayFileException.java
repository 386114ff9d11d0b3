package io.xceptionc.compiler.format.npy;

/** A file of arrays cannot be used; the message says why, after the file's name or with it. */
public final class ArrayFileException extends Exception {

    private static final long serialVersionUID = 1L;

    ArrayFileException(String message) {
        super(message);
    }
}
