package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.HexFormat;
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
                Shapes.SERVICE
                        .withClients(ClientLimits.DEFAULT.withBodyBytes(MOST_BYTES)),
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ff fe 00       | 0
            7b 22 80       | 2
            7b 22 c0 af    | 2
            7b 22 ed a0 80 | 2
            7b 22 e2 82    | 2
            22 f4 90 80 80 | 1
            """)
    void saysWhereABodyIsNoUtf8(String hex, int place) {
        byte[] body = HexFormat.ofDelimiter(" ").parseHex(hex);
        assertError(400, "the request is no UTF-8: its byte " + place + " belongs to no character",
                client.send("POST", Shapes.INFER, BodyPublishers.ofByteArray(body)));
    }

    @Test
    void saysWhereALongBodyIsNoUtf8() {
        byte[] body = new byte[100_000];
        Arrays.fill(body, (byte) ' ');
        body[70_000] = (byte) 0xff;
        assertError(400, "the request is no UTF-8: its byte 70000 belongs to no character",
                client.send("POST", Shapes.INFER, BodyPublishers.ofByteArray(body)));
    }

    /** The images are finite; what the network makes of them is not. */
    @Test
    void answersNoTextInThePlaceOfNumbers() {
        float[] images = new float[2 * Shapes.VALUES];
        Arrays.fill(images, Shapes.VALUES, images.length, 3e38f);
        assertError(422, "model 'xception-shapes' gives NaN for image 1, counted from 0, which JSON cannot express",
                client.post(Shapes.INFER, Shapes.request(2, Shapes.json(images))));
    }

    @Test
    void saysNothingOfTheParsersSettings() {
        assertError(400, "the request is no JSON that can be read: Non-standard token 'NaN', at line 1, column 29",
                client.post(Shapes.INFER, "{\"inputs\": [{\"data\": [1, NaN]}]}"));
    }

    @Test
    void takesNoBodyThatWouldHaveToBeUnpacked() throws IOException {
        try (RawClient raw = new RawClient(service)) {
            raw.send("POST " + Shapes.INFER
                    + " HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
            assertEquals("415 {\"error\":\"the service takes no Content-Encoding; send the body as it is\"}",
                    raw.onlyAnswer());
        }
    }

    /** Few pixels, but more to a side than a network resizes. */
    @Test
    void refusesAPictureThatIsTooWide() throws IOException {
        byte[] row = new byte[1 + 65_536 / 8];
        Client.Answer answer = client.send("POST", Shapes.CLASSIFY,
                BodyPublishers.ofByteArray(Shapes.png(65_536, 1, row)));
        assertError(400, "the body has 65,536 x 1 pixels; at most 65,535 to a side are read", answer);
    }
}
