package io.xceptionc.compiler.foreign;

/** A node or layer cannot be imported. The message continues the sentence {@code cannot import Conv 'conv1': ...}. */
public final class CannotImportException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What a file says at length, such as a shape of many axes, is not said again. */
    private static final int LONGEST = 1000;

    private final String help;

    /** With what is wrong, and what to do about it; empty if there is nothing to say. */
    public CannotImportException(String message, String help) {
        super(message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message);
        this.help = help;
    }

    /** What to do about it; empty if there is nothing to say. */
    public String help() {
        return help;
    }
}
