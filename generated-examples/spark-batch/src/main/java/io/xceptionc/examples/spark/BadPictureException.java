package io.xceptionc.examples.spark;

/** A file is no picture that can be read; the message says why, without the file's name. */
final class BadPictureException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is wrong with the file. */
    BadPictureException(String message) {
        super(message);
    }
}
