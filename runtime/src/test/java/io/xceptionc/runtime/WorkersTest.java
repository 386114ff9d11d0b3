package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void threadsThatTheSystemDoesNotGrantEndThoseBefore() throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        ModelException refused = assertThrows(ModelException.class,
                () -> new Workers("w", 5, new Grants(Arena::ofShared,
                        work -> started.size() == 3 ? new Refused() : remembered(work, started),
                        Grants.OF_THE_SYSTEM.files())));
        assertEquals("the system does not grant a model 5 threads beside the caller's; open it with fewer threads",
                refused.getMessage());
        assertEquals(3, started.size());
        for (Thread thread : started) {
            thread.join(10_000);
            assertFalse(thread.isAlive());
        }
    }

    private static Thread remembered(Runnable work, List<Thread> started) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        started.add(thread);
        return thread;
    }

    private static final class Refused extends Thread {
        @Override
        public void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }
}
