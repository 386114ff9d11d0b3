package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xceptionc.examples.ExtremeInceptionModel;

/** What is wrong with a request is said, with the status that fits, and the service goes on. */
class BadRequestTest {

    private static final int MOST_BYTES = 1 << 20;

    private static InferenceService service;
    private static Client client;

    @BeforeAll
    static void start() {
        service = InferenceService.start(
                ServiceOptions.DEFAULT.withPort(0).withRequestBytes(MOST_BYTES).withArrival(Duration.ofMillis(500)),
                List.of(Shapes.open(), new ExtremeInceptionModel().open()));
        client = new Client(service);
    }

    @AfterAll
    static void stop() {
        assertEquals(0, service.queue().requestCount());
        assertEquals(200, client.get("/v2/health/ready").status());
        client.close();
        service.close();
    }

    private static void assertError(int status, String message, Client.Answer answer) {
        assertEquals("{\"error\":\"" + message + "\"}", answer.body());
        assertEquals(status, answer.status());
    }

    /** Bodies in full, in which {@code '} stands for {@code "}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1, 2] | the request must be an object
            {} | model 'xception-shapes' takes one input, 'input'; the request has none
            {'id': 7} | id must be a string
            {'id': null} | id must be a string
            {'inputs': 7} | inputs must be an array
            {'inputs': [7]} | an input must be an object
            {'inputs': [{'shape': [1]}]} | an input has no name
            {'inputs': [{'name': 'a'}]} | input 'a' has no data; only JSON carries it here
            {'inputs': [{'name': 'a', 'data': []}]} | input 'a' has no datatype
            {'inputs': [{'name': 'a', 'data': [], 'datatype': 'FP32'}]} | input 'a' has no shape
            {'inputs': [{'name': 'a', 'data': 1}]} | an input's data must be an array
            {'inputs': [{'name': 'a', 'shape': [1.5]}]} | a shape must be an array of integers
            {'inputs': [], 'outputs': 'output'} | outputs must be an array
            {'inputs': [], 'outputs': ['output']} | an output must be an object
            {'inputs': [], 'outputs': [{}]} | an output has no name
            {'inputs': []} {} | the request is more than one JSON object
            """)
    void saysWhatIsWrongWithARequest(String body, String message) {
        assertError(400, message, client.post(Shapes.INFER, body.replace('\'', '"')));
    }

    /** Parts of the only input, in which {@code '} stands for {@code "}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    'name': 'x' | 'FP32' | [1, 64, 64, 3] | [0] | takes one input, 'input'; the request has [x]
                    'name': 'input' | 'UINT8' | [1, 64, 64, 3] | [0] | takes FP32; the input has the datatype UINT8
                    'name': 'input' | 'BOOL' | [1] | [true] | takes FP32; the input has the datatype BOOL
                    'name': 'input' | 'FP32' | [1, 3, 64, 64] | [0] | takes the shape [n, 64, 64, 3]; the input has [1, 3, 64, 64]
                    'name': 'input' | 'FP32' | [64, 64, 3] | [0] | takes the shape [n, 64, 64, 3]; the input has [64, 64, 3]
                    'name': 'input' | 'FP32' | [] | [0] | takes the shape [n, 64, 64, 3]; the input has []
                    'name': 'input' | 'FP32' | [0, 64, 64, 3] | [] | takes the shape [n, 64, 64, 3]; the input has [0, 64, 64, 3]
                    'name': 'input' | 'FP32' | [1, 64, 64, 3] | [0, 1] | takes as many values as the shape says; for [1, 64, 64, 3] the input has 2
                    'name': 'input' | 'FP32' | [9223372036854775807, 64, 64, 3] | [] | takes as many values as the shape says; for [9223372036854775807, 64, 64, 3] the input has 0
                    'name': 'input' | 'FP32' | [1, 64, 64, 3] | [0, 'a'] | takes numbers; the input's data has a
                    'name': 'input' | 'FP32' | [1, 64, 64, 3] | [0, null] | takes numbers; the input's data has null
                    'name': 'input' | 'FP32' | [1, 64, 64, 3] | [0, {}] | takes numbers; the input's data has {
                    'name': 'input' | 'FP32' | [1, 64, 64, 3] | [1e39] | takes numbers; the input's data has 1e39
                    """)
    void saysWhatIsWrongWithAnInput(String name, String datatype, String shape, String data, String message) {
        String body =
                "{'inputs': [{%s, 'datatype': %s, 'shape': %s, 'data': %s}]}".formatted(name, datatype, shape, data);
        assertError(400, "model 'xception-shapes' " + message, client.post(Shapes.INFER, body.replace('\'', '"')));
    }

    @Test
    void saysWhatOutputsThereAre() {
        String body = Shapes.request(1, "[0]").replace("\"id\": \"42\"", "\"outputs\": [{\"name\": \"logits\"}]");
        assertError(400, "model 'xception-shapes' gives one output, 'output'; the request asks for [logits]",
                client.post(Shapes.INFER, body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"inputs": [ | 1 | 13
            {"id": "1", "id": "2"} | 1 | 17
            {"inputs": [{"name": "input", "data": [NaN]}]} | 1 | 43
            hello | 1 | 1
            """)
    void saysWhereJsonIsNone(String body, int line, int column) {
        Client.Answer answer = client.post(Shapes.INFER, body);
        assertTrue(answer.body().startsWith("{\"error\":\"the request is no JSON that can be read: "), answer::body);
        assertTrue(answer.body().endsWith("at line " + line + ", column " + column + "\"}"), answer::body);
        assertEquals(400, answer.status());
    }

    @Test
    void boundsTheDepthOfJson() {
        Client.Answer answer = client.post(Shapes.INFER, "{\"a\":" + "[".repeat(1000));
        assertTrue(answer.body().contains("nesting depth"), answer::body);
        assertEquals(400, answer.status());
    }

    @Test
    void saysWhatThereIs() {
        assertError(404, "there is no model 'x'; there are [extreme-inception, xception-shapes]",
                client.get("/v2/models/x"));
        assertError(404, "there is no model 'x'; there are [extreme-inception, xception-shapes]",
                client.post("/v2/models/x/classify", ""));
        assertError(404, "model 'xception-shapes' has no versions; leave /versions/1 out",
                client.get("/v2/models/xception-shapes/versions/1"));
        assertError(404, "there is no /v2/repository/index", client.post("/v2/repository/index", "{}"));
        assertError(405, "/v2/models/xception-shapes/infer takes POST, not GET", client.get(Shapes.INFER));
        assertError(405, "/v2 takes GET, not POST", client.post("/v2", "{}"));
    }

    @Test
    void saysWhatIsWrongWithAPicture() {
        assertError(400, "the body is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP",
                client.post(Shapes.CLASSIFY, "no picture"));
        assertError(400, "count must be a number from 1, not 'many'", client.post(Shapes.CLASSIFY + "?count=many", ""));
        assertError(400, "model 'extreme-inception' takes the shape [n, 30, 30, 64], which no picture has",
                client.post("/v2/models/extreme-inception/classify", ""));
        byte[] whole = Shapes.picture("star");
        Client.Answer cut = client.send("POST", Shapes.CLASSIFY,
                BodyPublishers.ofByteArray(Arrays.copyOf(whole, whole.length / 2)));
        assertTrue(cut.body().startsWith("{\"error\":\"the body is damaged: "), cut::body);
        assertEquals(400, cut.status());
    }

    @Test
    void boundsThePixelsOfAPicture() {
        byte[] huge = Shapes.picture("star");
        huge[16] = 0x10; // the width's highest byte; a PNG's header is at the same place in every file
        Client.Answer answer = client.send("POST", Shapes.CLASSIFY, BodyPublishers.ofByteArray(huge));
        assertError(400, "the body has 268,435,520 x 64 pixels; at most 65,535 to a side are read", answer);
    }

    @Test
    void boundsTheBytesOfARequest() {
        byte[] longer = new byte[MOST_BYTES + 1];
        Arrays.fill(longer, (byte) ' ');
        Client.Answer declared = client.send("POST", Shapes.INFER, BodyPublishers.ofByteArray(longer));
        assertError(413, "the request has more than 1048576 bytes; send fewer images", declared);
        Client.Answer chunked = client.send("POST", Shapes.INFER,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(longer)));
        assertEquals(declared, chunked);
    }

    @Test
    void waitsForNoClientThatFallsSilent() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(("POST " + Shapes.INFER
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"inputs\"")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.UTF_8);
            assertTrue(text.isEmpty() || text.startsWith("HTTP/1.1 408"), text);
        }
    }
}
