package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.runtime.CompiledModel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many clients at once get right answers, or are told to come back. */
class LoadTest {

    private static final int RUNS = 2;
    private static final int WAITING = 16;

    @Test
    void answersAllWhomItHasRoomFor() throws Exception {
        Map<String, String> requests = new HashMap<>();
        Map<String, Client.Answer> expected = new HashMap<>();
        try (CompiledModel model = Shapes.open()) {
            for (String label : Shapes.LABELS) {
                float[] image = Shapes.image(label, model);
                requests.put(label, Shapes.request(1, Shapes.json(image)));
                expected.put(label,
                        new Client.Answer(200, Shapes.response(1, model.run(image)), Optional.empty()));
            }
        }
        try (InferenceService service = start(Shapes.SERVICE);
                Client client = new Client(service);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < RUNS + WAITING; i++) {
                clients.add(threads.submit(() -> {
                    int answers = 0;
                    for (int round = 0; round < 2; round++) {
                        for (String label : Shapes.LABELS) {
                            assertEquals(expected.get(label), client.post(Shapes.INFER, requests.get(label)));
                            answers++;
                        }
                    }
                    return answers;
                }));
            }
            int sum = 0;
            for (Future<Integer> answers : clients) {
                sum += answers.get();
            }
            assertEquals(360, sum);
        }
    }

    @Test
    void refusesWhomItHasNoRoomFor() throws Exception {
        String request = Shapes.request(1, Shapes.json(new float[Shapes.VALUES]));
        try (InferenceService service = start(Shapes.SERVICE);
                Client client = new Client(service);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch end = occupyRuns(service.queue(), threads);
            List<Future<Client.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> client.post(Shapes.INFER, request)));
            }
            // All have been refused but those that wait for the runs.
            while (answers.stream().filter(Future::isDone).count() < 100 - WAITING) {
                Thread.sleep(5);
            }
            assertEquals(RUNS + WAITING, service.queue().requestCount());
            assertEquals(200, client.get("/v2/health/ready").status(), "who wants no run is not refused");
            assertEquals(200, client.get("/v2/models/xception-shapes").status());
            end.countDown();
            Map<Integer, Long> statuses = new HashMap<>();
            for (Future<Client.Answer> answer : answers) {
                assertEquals(answer.get().status() == 503, answer.get().retryAfter().equals(Optional.of("1")));
                statuses.merge(answer.get().status(), 1L, Long::sum);
            }
            assertEquals(Map.of(200, (long) WAITING, 503, 100L - WAITING), statuses);
        }
    }

    @Test
    void refusesWhomItHasNoTimeFor() throws Exception {
        try (InferenceService service = start(Shapes.SERVICE.withPatience(Duration.ofMillis(200)));
                Client client = new Client(service);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch end = occupyRuns(service.queue(), threads);
            String request = Shapes.request(1, Shapes.json(new float[Shapes.VALUES]));
            assertEquals(new Client.Answer(503,
                    "{\"error\":\"the request was not answered in 200 ms; try again, or with fewer images\"}",
                    Optional.of("1")), client.post(Shapes.INFER, request));
            end.countDown();
        }
    }

    @Test
    void answersRequestsUnderWayWhenItIsClosed() throws Exception {
        InferenceService service = start(Shapes.SERVICE);
        try (Client client = new Client(service);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch end = occupyRuns(service.queue(), threads);
            String request = Shapes.request(1, Shapes.json(new float[Shapes.VALUES]));
            Future<Client.Answer> underWay = threads.submit(() -> client.post(Shapes.INFER, request));
            awaitRequests(service.queue(), RUNS + 1);
            Future<?> closing = threads.submit(service::close);
            try (Client late = new Client(service)) {
                awaitRefusal(late);
            }
            assertFalse(closing.isDone());
            end.countDown();
            assertEquals(200, underWay.get().status());
            closing.get();
        }
    }

    private static InferenceService start(ServiceOptions options) {
        return InferenceService.start(options.withNotice(Duration.ofMillis(50)).withQueue(RUNS, WAITING),
                List.of(Shapes.open()));
    }

    /** Keeps all threads for runs busy until the latch is counted down. */
    private static CountDownLatch occupyRuns(RunQueue queue, ExecutorService threads) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < RUNS; i++) {
            threads.execute(() -> {
                try (RunQueue.Place place = queue.enter()) {
                    place.run(() -> {
                        end.await();
                        return 0;
                    });
                } catch (RequestProblem _) {
                    // It has stayed too long, which it was meant to.
                }
            });
        }
        awaitRequests(queue, RUNS);
        return end;
    }

    private static void awaitRequests(RunQueue queue, int count) throws InterruptedException {
        while (queue.requestCount() < count) {
            Thread.sleep(5);
        }
    }

    private static void awaitRefusal(Client late) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            try {
                if (late.get("/v2/health/ready").status() == 503) {
                    return;
                }
            } catch (UncheckedIOException _) {
                return;
            }
            Thread.sleep(5);
        }
        assertThrows(UncheckedIOException.class, () -> late.get("/v2/health/ready"));
    }
}
