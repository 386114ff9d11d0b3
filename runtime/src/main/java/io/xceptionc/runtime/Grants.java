package io.xceptionc.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * What the system grants a model, or refuses: memory and threads by an {@link OutOfMemoryError}, files by an {@link
 * IOException}.
 *
 * @param memory makes what its weights, its sessions and its warm-up lie in
 * @param threads makes its threads, which do not keep a program from ending
 * @param files opens what is mapped
 */
record Grants(Supplier<Arena> memory, ThreadFactory threads, MappableFiles files) {

    /** Whatever there is. */
    static final Grants OF_THE_SYSTEM =
            new Grants(Arena::ofShared, Thread.ofPlatform().daemon().factory(), FileChannel::open);

    /** Opens files for reading. */
    @FunctionalInterface
    interface MappableFiles {
        FileChannel open(Path file) throws IOException;
    }

    Grants {
        Objects.requireNonNull(memory);
        Objects.requireNonNull(threads);
        Objects.requireNonNull(files);
    }

    /** Starts a thread. */
    Thread start(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.start();
        return thread;
    }
}
