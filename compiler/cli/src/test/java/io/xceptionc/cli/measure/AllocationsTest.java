package io.xceptionc.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

class AllocationsTest {

    private static final int MEBIBYTE = 1 << 20;

    private static byte[] kept;

    /** What a thread allocates that is there before the counting begins and after it ends. */
    private static long allocatedIn(String threadName) throws InterruptedException {
        SynchronousQueue<String> allocated = new SynchronousQueue<>();
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch counted = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().name(threadName).start(() -> {
            try {
                counting.await();
                kept = new byte[8 * MEBIBYTE];
                allocated.put("done");
                counted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Allocations allocations = new Allocations();
        long before = allocations.bytes();
        counting.countDown();
        assertEquals("done", allocated.take());
        long bytes = allocations.bytes() - before;
        counted.countDown();
        thread.join();
        return bytes;
    }

    @Test
    void countsTheCallingThread() {
        Allocations allocations = new Allocations();
        long before = allocations.bytes();
        kept = new byte[MEBIBYTE];
        long bytes = allocations.bytes() - before;
        assertTrue(bytes >= MEBIBYTE && bytes < MEBIBYTE + 1000, bytes + " bytes");
    }

    @Test
    void askingTakesNothing() {
        Allocations allocations = new Allocations();
        long before = allocations.bytes();
        assertEquals(0, allocations.bytes() - before);
    }

    @Test
    void countsTheThreadsOfModelsOnly() throws InterruptedException {
        long ofWorker = allocatedIn("xceptionc-tiny-1");
        long ofOther = allocatedIn("tiny-1");
        assertTrue(ofWorker >= 8 * MEBIBYTE, ofWorker + " bytes");
        assertTrue(ofOther < MEBIBYTE, ofOther + " bytes");
    }
}
