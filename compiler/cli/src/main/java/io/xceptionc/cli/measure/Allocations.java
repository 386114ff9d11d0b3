package io.xceptionc.cli.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.stream.LongStream;

/**
 * The heap that runs of a model take: allocations of the calling thread and of the models' own threads. Asking takes
 * none.
 */
final class Allocations {

    private static final String MODELS_THREADS = "xceptionc-";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] workers;

    /** Of the threads that are there now. */
    Allocations() {
        workers = LongStream.of(threads.getAllThreadIds()).filter(this::isWorker).toArray();
        bytes(); // the first call sets things up, which takes some
    }

    private boolean isWorker(long id) {
        ThreadInfo thread = threads.getThreadInfo(id);
        return thread != null && thread.getThreadName().startsWith(MODELS_THREADS);
    }

    /** Bytes so far. */
    long bytes() {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        for (long worker : workers) {
            bytes += Math.max(0, threads.getThreadAllocatedBytes(worker));
        }
        return bytes;
    }
}
