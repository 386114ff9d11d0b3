package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import xceptionc.examples.ExtremeInceptionModel;

/** The service answers as the Open Inference Protocol says. */
class ProtocolTest {

    private static CompiledModel model;
    private static InferenceService service;
    private static Client client;

    @BeforeAll
    static void start() {
        model = Shapes.open();
        service = InferenceService.start(Shapes.SERVICE,
                List.of(Shapes.open(), new ExtremeInceptionModel().open()));
        client = new Client(service);
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
        model.close();
    }

    private static void assertAnswer(int status, String body, Client.Answer answer) {
        assertEquals(body, answer.body());
        assertEquals(status, answer.status());
    }

    @Test
    void tellsOfItself() {
        assertAnswer(200,
                "{\"name\":\"xceptionc\",\"version\":\"unpacked\",\"extensions\":[\"classify\",\"segment\",\"mask\"]}",
                client.get("/v2"));
        assertEquals(client.get("/v2"), client.get("/v2/"));
    }

    @Test
    void tellsHowItIs() {
        assertAnswer(200, "{\"live\":true}", client.get("/v2/health/live"));
        assertAnswer(200, "{\"live\":true,\"ready\":true}", client.get("/v2/health/ready"));
        assertAnswer(200, "{\"name\":\"xception-shapes\",\"ready\":true}",
                client.get("/v2/models/xception-shapes/ready"));
    }

    @Test
    void tellsOfModels() {
        assertAnswer(200, "{\"name\":\"xception-shapes\",\"platform\":\"xceptionc\","
                + "\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,64,64,3]}],"
                + "\"outputs\":[{\"name\":\"output\",\"datatype\":\"FP32\",\"shape\":[-1,10]}]}",
                client.get("/v2/models/xception-shapes"));
        assertAnswer(200, "{\"name\":\"extreme-inception\",\"platform\":\"xceptionc\","
                + "\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,30,30,64]}],"
                + "\"outputs\":[{\"name\":\"output\",\"datatype\":\"FP32\",\"shape\":[-1,30,30,192]}]}",
                client.get("/v2/models/extreme-inception"));
    }

    @Test
    void infers() {
        float[] image = Shapes.image("heart", model);
        float[] expected = model.run(image);
        assertTrue(expected[Shapes.LABELS.indexOf("heart")] > 0.5);
        assertAnswer(200, Shapes.response(1, expected),
                client.post(Shapes.INFER, Shapes.request(1, Shapes.json(image))));
    }

    @Test
    void infersAllImagesOfARequest() {
        float[] images = new float[Shapes.LABELS.size() * Shapes.VALUES];
        float[] expected = new float[Shapes.LABELS.size() * 10];
        for (int i = 0; i < Shapes.LABELS.size(); i++) {
            float[] image = Shapes.image(Shapes.LABELS.get(i), model);
            System.arraycopy(image, 0, images, i * Shapes.VALUES, Shapes.VALUES);
            System.arraycopy(model.run(image), 0, expected, i * 10, 10);
        }
        assertAnswer(200, Shapes.response(10, expected),
                client.post(Shapes.INFER, Shapes.request(10, Shapes.json(images))));
    }

    @Test
    void takesNestedDataInAnyOrderAndAnOutputByItsName() {
        String pixel = "[0.5, 1e-3, -1]";
        String row = "[" + (pixel + ",").repeat(63) + pixel + "]";
        String nested = "[[" + (row + ",").repeat(63) + row + "]]";
        String flat = "[" + (pixel.substring(1, pixel.length() - 1) + ",").repeat(4095) + "0.5, 1e-3, -1]";
        Client.Answer answer = client.post(Shapes.INFER, """
                {"outputs": [{"name": "output"}], "parameters": {"any": [{}]}, "inputs": [{"parameters": {}, "data": %s,
                 "datatype": "FP32", "shape": [1, 64, 64, 3], "name": "input"}], "id": "42"}""".formatted(nested));
        assertEquals(200, answer.status(), answer::body);
        assertEquals(client.post(Shapes.INFER, Shapes.request(1, flat)), answer);
    }

    @Test
    void repeatsNoIdThatIsNotThere() {
        String request = Shapes.request(1, Shapes.json(new float[Shapes.VALUES])).replace("\"id\": \"42\", ", "");
        String body = client.post(Shapes.INFER, request).body();
        assertTrue(body.startsWith("{\"model_name\":\"xception-shapes\",\"outputs\":[{"), body);
    }

    @Test
    void classifiesPictures() {
        for (String label : Shapes.LABELS) {
            Client.Answer answer = client.send("POST", Shapes.CLASSIFY + "?count=1",
                    BodyPublishers.ofByteArray(Shapes.picture(label)));
            String start = "{\"model_name\":\"xception-shapes\",\"classes\":[{\"rank\":1,\"index\":"
                    + Shapes.LABELS.indexOf(label) + ",\"label\":\"" + label + "\",\"score\":0.";
            assertTrue(answer.body().startsWith(start), answer::body);
            assertEquals(200, answer.status());
        }
    }

    @Test
    void answersTheProtocolsOwnExample() {
        String example = """
                {
                  "id" : "42",
                  "inputs" : [
                    {
                      "name" : "input0",
                      "shape" : [ 2, 2 ],
                      "datatype" : "UINT32",
                      "data" : [ 1, 2, 3, 4 ]
                    },
                    {
                      "name" : "input1",
                      "shape" : [ 3 ],
                      "datatype" : "BOOL",
                      "data" : [ true ]
                    }
                  ],
                  "outputs" : [
                    {
                      "name" : "output0"
                    }
                  ]
                }
                """;
        assertAnswer(404, "{\"error\":\"there is no model 'mymodel'; there are [extreme-inception, xception-shapes]\"}",
                client.post("/v2/models/mymodel/infer", example));
        assertAnswer(400,
                "{\"error\":\"model 'xception-shapes' takes one input, 'input'; the request has [input0, input1]\"}",
                client.post(Shapes.INFER, example));
    }

    @Test
    void tellsWhichMethodsAPathTakes() throws IOException {
        try (RawClient raw = new RawClient(service)) {
            for (String[] row : new String[][] {{"OPTIONS", "*", "204", "GET, HEAD, POST, OPTIONS"},
                {"OPTIONS", "/v2", "204", "GET, HEAD, OPTIONS"},
                {"OPTIONS", Shapes.INFER, "204", "POST, OPTIONS"},
                {"DELETE", "/v2/models/xception-shapes", "405", "GET, HEAD, OPTIONS"},
                {"GET", Shapes.CLASSIFY, "405", "POST, OPTIONS"},
                {"HEAD", Shapes.INFER, "405", "POST, OPTIONS"}}) {
                raw.send(row[0] + " " + row[1] + " HTTP/1.1\r\nHost: a\r\n\r\n");
                RawClient.RawAnswer answer = row[0].equals("HEAD") ? raw.answerToHead() : raw.answer();
                assertEquals(Integer.parseInt(row[2]), answer.status(), row[1]);
                assertTrue(answer.header().contains("\r\nAllow: " + row[3] + "\r\n"), answer::header);
            }
        }
    }

    @Test
    void answersHeadAsGetWithoutABody() throws IOException {
        try (RawClient raw = new RawClient(service)) {
            raw.send("HEAD /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n" + RawClient.LIVE);
            RawClient.RawAnswer head = raw.answerToHead();
            assertTrue(head.header().contains("\r\ncontent-length: 13\r\n"), head::header);
            assertEquals("200 {\"live\":true}", raw.answer().toString());
        }
    }

    @Test
    void tellsWhoAsksFirstToSendTheBody() throws IOException {
        try (RawClient raw = new RawClient(service)) {
            raw.send("POST " + Shapes.INFER
                    + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertEquals("100", raw.answer().toString());
            raw.send("[]" + RawClient.LIVE);
            assertEquals("400 {\"error\":\"the request must be an object\"}", raw.answer().toString());
            assertEquals("200 {\"live\":true}", raw.answer().toString());
        }
    }

    @Test
    void keepsConnectionsAsClientsAskFor() throws IOException {
        try (RawClient raw = new RawClient(service)) {
            raw.send("GET /v2/health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawClient.RawAnswer first = raw.answer();
            assertTrue(first.header().contains("\r\nconnection: keep-alive\r\n"), first::header);
            raw.send("GET /v2/health/live HTTP/1.0\r\n\r\n" + RawClient.LIVE);
            assertEquals(1, raw.allAnswers().size());
        }
    }

    /** As those do that send a request by {@code nc}. */
    @Test
    void answersWhoSendsNoMore() throws IOException {
        try (RawClient raw = new RawClient(service)) {
            raw.send(RawClient.LIVE);
            raw.shutdownOutput();
            assertEquals("[200 {\"live\":true}]", raw.allAnswers().toString());
        }
    }
}
