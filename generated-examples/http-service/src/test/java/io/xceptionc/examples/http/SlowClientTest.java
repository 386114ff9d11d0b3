package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xceptionc.examples.ExtremeInceptionModel;

/** Clients that are slow, or only there, keep nobody else from being served, and lose their connections in time. */
@Timeout(600)
class SlowClientTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String LIVE = "200 {\"live\":true}";
    private static final String INFER = "POST " + Shapes.INFER + " HTTP/1.1\r\nHost: a\r\n";
    private static final String GOOD_BODY = Shapes.request(1, Shapes.json(new float[Shapes.VALUES]));
    private static final String GOOD = INFER + "Content-Length: " + GOOD_BODY.length() + "\r\n\r\n" + GOOD_BODY;

    private static InferenceService start(ClientLimits limits) {
        return InferenceService.start(Shapes.SERVICE.withQueue(1, 1)
                .withClients(limits), List.of(Shapes.open()));
    }

    /** Other times are so long that only the one under test can end anything. */
    private static ClientLimits patient() {
        Duration hour = Duration.ofHours(1);
        return ClientLimits.DEFAULT.withIdle(hour).withHeader(hour).withBody(hour).withAnswer(hour);
    }

    private static void awaitConnections(InferenceService service, int count) throws InterruptedException {
        while (service.capacity().connectionCount() != count) {
            Thread.sleep(5);
        }
    }

    @Test
    void boundsTheTimeOfAHeaderHoweverItComes() throws Exception {
        try (InferenceService service = start(patient().withHeader(SHORT)); RawClient client = new RawClient(service)) {
            client.send("GET /v2 HTTP/1.1\r\nHost: a\r\nA: ");
            client.dripUntilAnswered();
            assertEquals("408 {\"error\":\"the request's header took longer than 200 ms to arrive\"}",
                    client.onlyAnswer());
        }
    }

    @Test
    void boundsTheTimeOfALaterHeader() throws Exception {
        try (InferenceService service = start(patient().withHeader(SHORT)); RawClient client = new RawClient(service)) {
            client.send(RawClient.LIVE);
            assertEquals(LIVE, client.answer().toString());
            client.send("G");
            assertEquals("408 {\"error\":\"the request's header took longer than 200 ms to arrive\"}",
                    client.onlyAnswer());
        }
    }

    @Test
    void boundsTheTimeOfABodyHoweverItComes() throws Exception {
        try (InferenceService service = start(patient().withBody(SHORT)); RawClient client = new RawClient(service)) {
            client.send(INFER + "Content-Length: 1000000\r\n\r\n{");
            client.dripUntilAnswered();
            assertEquals("408 {\"error\":\"the request's body took longer than 200 ms to arrive\"}",
                    client.onlyAnswer());
        }
    }

    @Test
    void boundsTheTimeOfABodyInChunks() throws Exception {
        try (InferenceService service = start(patient().withBody(SHORT)); RawClient client = new RawClient(service)) {
            client.send(INFER + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
            assertEquals("408 {\"error\":\"the request's body took longer than 200 ms to arrive\"}",
                    client.onlyAnswer());
        }
    }

    @Test
    void closesConnectionsThatAreIdle() throws Exception {
        try (InferenceService service = start(patient().withIdle(SHORT));
                RawClient silent = new RawClient(service);
                RawClient satisfied = new RawClient(service)) {
            satisfied.send(RawClient.LIVE);
            assertEquals(LIVE, satisfied.answer().toString());
            assertTrue(satisfied.isClosedSilently());
            assertTrue(silent.isClosedSilently());
        }
    }

    /** It asks for so many that the systems of both sides cannot keep them all. */
    @Test
    void closesTheConnectionOfWhoReadsNoAnswers() throws Exception {
        String request = "GET /v2/models/" + "a".repeat(7000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        try (InferenceService service = start(patient().withAnswer(SHORT)); RawClient client = new RawClient(service)) {
            awaitConnections(service, 1);
            Thread sender = Thread.startVirtualThread(() -> sendUntilClosed(client, request));
            awaitConnections(service, 0);
            sender.join();
        }
    }

    private static void sendUntilClosed(RawClient client, String request) {
        try {
            while (true) {
                client.send(request);
            }
        } catch (IOException _) {
            // The service has closed it.
        }
    }

    @Test
    void takesNoPlacesForBodiesThatHaveNotCome() throws Exception {
        try (InferenceService service = start(patient())) {
            List<RawClient> slow = connect(service, 100, INFER + "Content-Length: 100000\r\n\r\n{");
            awaitConnections(service, 100);
            try (RawClient client = new RawClient(service)) {
                client.send(GOOD);
                assertEquals(200, client.answer().status());
            }
            assertEquals(0, service.queue().requestCount());
            for (RawClient one : slow) {
                one.close();
            }
            awaitConnections(service, 0);
        }
    }

    @Test
    void letsOthersInWhenThereAreManySilentConnections() throws Exception {
        try (InferenceService service = start(patient().withConnections(20))) {
            List<RawClient> silent = connect(service, 100, "");
            try (RawClient client = new RawClient(service)) {
                client.send(GOOD);
                assertEquals(200, client.answer().status());
            }
            while (silent.stream().filter(RawClient::isClosedByNow).count() < 80) {
                Thread.sleep(5);
            }
            assertTrue(service.capacity().connectionCount() <= 20);
            for (RawClient one : silent) {
                one.close();
            }
        }
    }

    @Test
    void tellsWhoMustMakeRoom() throws Exception {
        String refusal =
                "503 {\"error\":\"the service needed the room of a request that came slowly; try again\"}";
        try (InferenceService service = start(patient().withConnections(2));
                RawClient header = new RawClient(service);
                RawClient body = startBody(service, header)) {
            try (RawClient third = new RawClient(service); RawClient fourth = new RawClient(service)) {
                assertEquals(refusal, header.onlyAnswer());
                assertEquals(refusal, body.onlyAnswer());
                fourth.send(RawClient.LIVE);
                assertEquals(LIVE, fourth.answer().toString());
                third.send(RawClient.LIVE);
                assertEquals(LIVE, third.answer().toString());
            }
        }
    }

    private static RawClient startBody(InferenceService service, RawClient header) throws Exception {
        header.send("GET ");
        awaitConnections(service, 1);
        RawClient body = new RawClient(service);
        body.send(INFER + "Content-Length: 1000\r\n\r\n{");
        awaitConnections(service, 2);
        while (service.capacity().byteCount() == 0) {
            Thread.sleep(5);
        }
        return body;
    }

    /** Of three bodies two fit. */
    @Test
    void boundsTheBytesOfAllBodies() throws Exception {
        ClientLimits limits = patient().withBodyBytes(300_000).withBufferedBytes(300_000);
        String part = "Content-Length: 200000\r\n\r\n" + " ".repeat(140_000);
        try (InferenceService service = start(limits); RawClient first = new RawClient(service)) {
            first.send(INFER + part);
            awaitBytes(service, 140_000);
            try (RawClient second = new RawClient(service)) {
                second.send(INFER + part);
                awaitBytes(service, 280_000);
                try (RawClient third = new RawClient(service)) {
                    third.send(GOOD);
                    assertEquals(200, third.answer().status());
                    assertEquals(
                            "503 {\"error\":\"the service needed the room of a request that came slowly; try again\"}",
                            first.onlyAnswer());
                }
                awaitBytes(service, 140_000);
                second.shutdownOutput();
                assertEquals("400 {\"error\":\"the request did not arrive as a whole\"}", second.onlyAnswer());
            }
            awaitBytes(service, 0);
        }
    }

    @Test
    void refusesABodyThatNobodyMakesRoomFor() throws Exception {
        ClientLimits limits = patient().withBodyBytes(300_000).withBufferedBytes(100_000);
        try (InferenceService service = start(limits); RawClient client = new RawClient(service)) {
            client.send(INFER + "Content-Length: 200000\r\n\r\n" + " ".repeat(200_000));
            assertEquals("503 {\"error\":\"the service has no memory left for this request; try again\"}",
                    client.onlyAnswer());
        }
    }

    @Test
    void refusesAnAnswerThatWouldBeTooLong() {
        String image = "[" + "0,".repeat(30 * 30 * 64 - 1) + "0]";
        String request =
                "{\"inputs\": [{\"name\": \"input\", \"shape\": [1, 30, 30, 64], \"datatype\": \"FP32\", \"data\": "
                        + image + "}]}";
        ServiceOptions options = Shapes.SERVICE
                .withClients(patient().withBufferedBytes(2_000_000));
        try (InferenceService service = InferenceService.start(options, List.of(new ExtremeInceptionModel().open()));
                Client client = new Client(service)) {
            assertEquals(new Client.Answer(413,
                    "{\"error\":\"the answer would have 172800 values, and may have 62500; send fewer images\"}",
                    Optional.empty()), client.post("/v2/models/extreme-inception/infer", request));
        }
    }

    private static void awaitBytes(InferenceService service, long count) throws InterruptedException {
        while (service.capacity().byteCount() != count) {
            Thread.sleep(5);
        }
    }

    private static List<RawClient> connect(InferenceService service, int count, String bytes) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = new RawClient(service);
            client.send(bytes);
            clients.add(client);
        }
        return clients;
    }
}
