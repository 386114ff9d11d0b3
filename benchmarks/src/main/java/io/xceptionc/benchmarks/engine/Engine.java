package io.xceptionc.benchmarks.engine;

/**
 * A network loaded to be run again and again on the same images, which lie in the engine's own memory and order:
 * neither copying them nor reading the result is part of a run. Not thread-safe.
 */
public interface Engine extends AutoCloseable {

    /** Runs the network once on the images. */
    void run();

    /** What the last run made of the images, {@code [batch, channels]}. */
    float[] result();

    @Override
    void close();
}
