package io.xceptionc.cli.console;

/** Tells how far a long work has come. */
public interface Progress extends AutoCloseable {

    /** The next step begins. */
    void next(String step);

    @Override
    void close();
}
