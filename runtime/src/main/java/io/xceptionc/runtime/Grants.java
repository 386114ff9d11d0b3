package io.xceptionc.runtime;

import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * What the system grants a model, or refuses by an {@link OutOfMemoryError}.
 *
 * @param memory makes what its weights, its sessions and its warm-up lie in
 * @param threads makes its threads, which do not keep a program from ending
 */
record Grants(Supplier<Arena> memory, ThreadFactory threads) {

    /** Whatever there is. */
    static final Grants OF_THE_SYSTEM = new Grants(Arena::ofShared, Thread.ofPlatform().daemon().factory());

    Grants {
        Objects.requireNonNull(memory);
        Objects.requireNonNull(threads);
    }

    /** Starts a thread. */
    Thread start(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.start();
        return thread;
    }
}
