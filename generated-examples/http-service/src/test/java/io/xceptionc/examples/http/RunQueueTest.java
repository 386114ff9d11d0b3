package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The queue lets no more in than it has room for, and none stay longer than it should. */
class RunQueueTest {

    @Test
    void runsNoMoreAtOnceThanAllowed() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (RunQueue queue = new RunQueue(2, 30, Duration.ofSeconds(10));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                int number = i;
                results.add(threads.submit(() -> {
                    try (RunQueue.Place place = queue.enter()) {
                        return place.run(() -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            Thread.sleep(2);
                            running.decrementAndGet();
                            return number;
                        });
                    }
                }));
            }
            for (int i = 0; i < 32; i++) {
                assertEquals(i, results.get(i).get());
            }
            assertEquals(0, queue.requestCount());
        }
        assertEquals(2, most.get());
    }

    @Test
    void refusesWhoComesWhenItIsFull() {
        try (RunQueue queue = new RunQueue(1, 1, Duration.ofSeconds(10))) {
            RunQueue.Place first = queue.enter();
            try (RunQueue.Place _ = queue.enter()) {
                RequestProblem refused = assertThrows(RequestProblem.class, queue::enter);
                assertEquals("2 requests are under way or wait, and no more may; try again", refused.getMessage());
                assertEquals(503, refused.status());
                assertEquals(Map.of("Retry-After", "1"), refused.answer().header());
            }
            queue.enter().close();
            first.close();
            assertEquals(0, queue.requestCount());
        }
    }

    @Test
    void letsNobodyStayLongerThanItsPatience() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger late = new AtomicInteger();
        try (RunQueue queue = new RunQueue(1, 1, Duration.ofMillis(50));
                RunQueue.Place slow = queue.enter();
                RunQueue.Place next = queue.enter()) {
            RequestProblem running = assertThrows(RequestProblem.class, () -> slow.run(() -> {
                end.await();
                return 1;
            }));
            assertEquals("the request was not answered in 50 ms; try again, or with fewer images",
                    running.getMessage());
            assertEquals(503, assertThrows(RequestProblem.class, () -> next.run(late::incrementAndGet)).status());
            end.countDown();
        }
        assertEquals(0, late.get(), "what nobody waits for any more is not run");
    }

    @Test
    void passesOnWhatARunThrows() {
        try (RunQueue queue = new RunQueue(1, 0, Duration.ofSeconds(10)); RunQueue.Place place = queue.enter()) {
            RequestProblem problem = RequestProblem.wrong("no picture");
            assertSame(problem, assertThrows(RequestProblem.class, () -> place.run(() -> {
                throw problem;
            })));
            IllegalArgumentException bug = new IllegalArgumentException("bug");
            assertSame(bug, assertThrows(IllegalStateException.class, () -> place.run(() -> {
                throw bug;
            })).getCause());
        }
    }
}
