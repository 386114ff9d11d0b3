package io.xceptionc.compiler.imports.keras;

/** A layer cannot be imported. The message continues the sentence {@code cannot import Conv2D 'conv1': ...}. */
final class CannotImportException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String help;

    CannotImportException(String message, String help) {
        super(message);
        this.help = help;
    }

    /** What to do about it; empty if there is nothing to say. */
    String help() {
        return help;
    }
}
