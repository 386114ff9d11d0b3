package io.xceptionc.cli;

/** Tells how far a long work has come. */
interface Progress extends AutoCloseable {

    /** The next step begins. */
    void next(String step);

    @Override
    void close();
}
