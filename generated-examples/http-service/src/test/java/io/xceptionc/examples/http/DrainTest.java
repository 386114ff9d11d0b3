package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that ends says so first, and loses no answer. */
@Timeout(600)
class DrainTest {

    private static final String NOT_READY = "503 {\"live\":true,\"ready\":false}";
    private static final String READY = "GET /v2/health/ready HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST " + Shapes.INFER + " HTTP/1.1\r\nHost: a\r\n";

    private static InferenceService start(Duration notice, Duration shutdown) {
        return InferenceService.start(Shapes.SERVICE.withQueue(1, 1).withNotice(notice)
                .withShutdown(shutdown), List.of(Shapes.open()));
    }

    private static CompletableFuture<Boolean> end(InferenceService service) {
        return CompletableFuture.supplyAsync(service::end);
    }

    /** Asks on connections of its own, which are let in until the notice is over. */
    private static RawClient.RawAnswer firstNotReady(InferenceService service) throws IOException {
        while (true) {
            try (RawClient client = new RawClient(service)) {
                client.send(READY);
                RawClient.RawAnswer answer = client.answer();
                if (answer.status() == 503) {
                    return answer;
                }
            }
        }
    }

    @Test
    void saysThatItIsNotReadyWhileItStillListens() throws Exception {
        InferenceService service = start(Duration.ofSeconds(5), Duration.ofMinutes(5));
        try (RawClient kept = new RawClient(service)) {
            kept.send(READY);
            assertFalse(kept.answer().closes());
            CompletableFuture<Boolean> ended = end(service);
            RawClient.RawAnswer answer = firstNotReady(service);
            assertEquals(NOT_READY, answer.toString());
            assertTrue(answer.closes());
            kept.send(READY + READY);
            assertEquals(NOT_READY, kept.onlyAnswer());
            assertTrue(ended.get());
            assertThrows(IOException.class, () -> new RawClient(service).answer());
        }
    }

    @Test
    void closesConnectionsThatAreIdle() throws Exception {
        InferenceService service = start(Duration.ofMillis(50), Duration.ofMinutes(5));
        try (RawClient idle = new RawClient(service)) {
            idle.send(RawClient.LIVE);
            assertEquals(200, idle.answer().status());
            assertTrue(end(service).get());
            assertTrue(idle.isClosedSilently());
        }
    }

    @Test
    void answersWhatIsUnderWay() throws Exception {
        InferenceService service = start(Duration.ofMillis(50), Duration.ofMinutes(5));
        CountDownLatch free = new CountDownLatch(1);
        Thread occupant = Thread.startVirtualThread(() -> {
            try (RunQueue.Place place = service.queue().enter()) {
                place.run(() -> {
                    free.await();
                    return 0;
                });
            }
        });
        try (RawClient waiting = new RawClient(service);
                RawClient arriving = new RawClient(service);
                RawClient idle = new RawClient(service)) {
            arriving.send(POST + "Content-Length: 2\r\n\r\n[");
            while (service.queue().requestCount() < 1 || service.capacity().byteCount() < 1) {
                Thread.sleep(5);
            }
            String body = Shapes.request(1, Shapes.json(new float[Shapes.VALUES]));
            waiting.send(POST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            while (service.queue().requestCount() < 2) {
                Thread.sleep(5);
            }
            CompletableFuture<Boolean> ended = end(service);
            assertTrue(idle.isClosedSilently(), "by which the end is known to have begun");
            free.countDown();
            assertTrue(waiting.onlyAnswer().startsWith("200 {\"model_name\":\"xception-shapes\","));
            occupant.join();
            arriving.send("]");
            assertEquals("400 {\"error\":\"the request must be an object\"}", arriving.onlyAnswer());
            assertTrue(ended.get());
        }
    }

    @Test
    void saysWhenItHadToLeaveARequest() throws Exception {
        InferenceService service = start(Duration.ofMillis(50), Duration.ofMillis(50));
        try (RawClient slow = new RawClient(service)) {
            slow.send(POST + "Content-Length: 2\r\n\r\n[");
            while (service.capacity().byteCount() < 1) {
                Thread.sleep(5);
            }
            assertFalse(end(service).get());
            assertTrue(slow.isClosedSilently());
        }
    }
}
