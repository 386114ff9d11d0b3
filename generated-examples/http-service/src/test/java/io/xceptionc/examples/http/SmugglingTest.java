package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request by the letter is answered once, and nothing behind it is taken for another request. */
@Timeout(600)
class SmugglingTest {

    private static final String LIVE = "200 {\"live\":true}";
    private static final String HEAD_MALFORMED =
            "400 {\"error\":\"the request's line or header is malformed by RFC 9112\"}";
    private static final String BODY_MALFORMED =
            "400 {\"error\":\"the request's body is malformed by RFC 9112, which says how chunks are sent\"}";
    private static final String NO_OBJECT = "400 {\"error\":\"the request must be an object\"}";
    private static final String POST = "POST " + Shapes.INFER + " HTTP/1.1\r\nHost: a\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    private static InferenceService service;

    @BeforeAll
    static void start() {
        service = InferenceService.start(Shapes.SERVICE
                .withClients(ClientLimits.DEFAULT.withBodyBytes(1000)), List.of(Shapes.open()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void assertOnly(String expected, String request) throws IOException {
        try (RawClient client = new RawClient(service)) {
            client.send(request + RawClient.LIVE);
            assertEquals(expected, client.onlyAnswer());
        }
    }

    private static void assertFollowed(String expected, String request) throws IOException {
        try (RawClient client = new RawClient(service)) {
            client.send(request + RawClient.LIVE);
            RawClient.RawAnswer first = client.answer();
            assertEquals(expected, first.toString());
            assertFalse(first.closes());
            assertEquals(LIVE, client.answer().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0x2", "0X2", "+2", "-2", " 2", "\t2", "2 ", "2\t", "2 x", "", "g", "2g", "ffffffff", "80000000",
                "100000002", "10000000000000002", "ffffffffffffffff", "2;a=\"\r\n\"", "2;a\n", "2\r", "2;a\u0000b",
                "2_0", "2,2",
                "\u00b2"})
    void takesNoChunkSizeThatIsNone(String size) throws IOException {
        assertOnly(BODY_MALFORMED, CHUNKED + size + "\r\n[]\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2\n[]\r\n0\r\n\r\n", "2\r\n[]\n0\r\n\r\n", "2\r\n[]0\r\n\r\n", "2\r\n[] \r\n0\r\n\r\n",
        "2\r\n[]\r0\r\n\r\n", "2\r\n[]\r\n0\n\r\n", "2\r\n[]\r\n0\r\n\n", "2\r\n[]\r\n0\r\nA\r\n\r\n",
        "2\r\n[]\r\n0\r\nA : b\r\n\r\n", "2\r\n[]\r\n0\r\nA: b\u0000\r\n\r\n"})
    void takesNoChunksThatAreNotEndedAsTheyMust(String body) throws IOException {
        assertOnly(BODY_MALFORMED, CHUNKED + body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Content-Length: 2\r\nContent-Length: 3", "Content-Length: 2\r\nContent-Length: 2", "Content-Length: 2, 2",
        "Content-Length: 2,3", "Content-Length: +2", "Content-Length: -2", "Content-Length: 0x2", "Content-Length: 2 2",
        "Content-Length: ", "Content-Length: two", "Content-Length: 2.0", "Content-Length: 99999999999999999999",
        "Content-Length : 2", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: chunked, chunked", "Transfer-Encoding : chunked", "Transfer-Encoding: \u000bchunked",
        "Transfer-Encoding: chunked\u0000", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding:",
        "A: b\u0000c", "A: b\rc", "A: b\u000bc", "A b", "A", ": b", "A\u0000: b", "A(: b", "A: b\nContent-Length: 2"})
    void takesNoHeaderThatTwoReadersReadInTwoWays(String field) throws IOException {
        assertOnly(HEAD_MALFORMED, POST + field + "\r\n\r\n2\r\n[]\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: gzip, chunked", "Transfer-Encoding: ,chunked"})
    void takesNoOtherCoding(String field) throws IOException {
        assertOnly("501 {\"error\":\"the service takes no Transfer-Encoding but chunked\"}",
                POST + field + "\r\n\r\n2\r\n[]\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v2 HTTP/1.1\nHost: a\n\n", "GET /v2 HTTP/1.1\r\n A: b\r\nHost: a\r\n\r\n",
        "GARBAGE\r\n\r\n",
        "GET /v2\r\n\r\n", "GET /v2 HTTP/1.1 \r\nHost: a\r\n\r\n", "GET /v2 a HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u0000T /v2 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /v2 HTTP/1.1\rHost: a\r\n\r\n",
        "POST /v2 HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
    void takesNoLineThatIsNone(String request) throws IOException {
        assertOnly(HEAD_MALFORMED, request);
    }

    @Test
    void takesOneHost() throws IOException {
        assertOnly("400 {\"error\":\"the request must name one Host, and names 0\"}", "GET /v2 HTTP/1.1\r\n\r\n");
        assertOnly("400 {\"error\":\"the request must name one Host, and names 2\"}",
                "GET /v2 HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
        assertOnly("400 {\"error\":\"the request's Host is none\"}", "GET /v2 HTTP/1.1\r\nHost: a\r\n b\r\n\r\n");
        assertOnly("400 {\"error\":\"the request's Host is none\"}", "GET /v2 HTTP/1.1\r\nHost: a/b@c\r\n\r\n");
    }

    @Test
    void takesNoOtherVersion() throws IOException {
        String refusal = "505 {\"error\":\"the service speaks HTTP 1.0 and 1.1\"}";
        assertOnly(refusal, "GET /v2 HTTP/9.9\r\nHost: a\r\n\r\n");
        assertOnly(refusal, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    @Test
    void boundsLineAndHeader() throws IOException {
        assertOnly("414 {\"error\":\"the request's line has more than 8192 bytes\"}",
                "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        String refusal = "431 {\"error\":\"the request's header has more than 16384 bytes\"}";
        assertOnly(refusal, "GET /v2 HTTP/1.1\r\nHost: a\r\nA: " + "a".repeat(20_000) + "\r\n\r\n");
        assertOnly(refusal, "GET /v2 HTTP/1.1\r\nHost: a\r\n" + "A: a\r\n".repeat(5000) + "\r\n");
    }

    @Test
    void refusesALongBodyBeforeItComes() throws IOException {
        String refusal = "413 {\"error\":\"the request has more than 1000 bytes; send fewer images\"}";
        assertOnly(refusal, POST + "Content-Length: 1001\r\n\r\n");
        assertOnly(refusal, POST + "Content-Length: 99999999999\r\n\r\n");
        assertOnly(refusal, POST + "Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
        assertOnly(refusal, CHUNKED + "3e9\r\n" + "a".repeat(1001) + "\r\n0\r\n\r\n");
        assertOnly("417 {\"error\":\"the service meets no expectation but 100-continue\"}",
                POST + "Content-Length: 2\r\nExpect: luck\r\n\r\n[]");
    }

    /** Two bytes of the body are requests by themselves, had it been left unread. */
    @Test
    void takesNoBodyForARequest() throws IOException {
        String length = "Content-Length: " + RawClient.LIVE.length() + "\r\n\r\n" + RawClient.LIVE;
        assertOnly("404 {\"error\":\"there is no /nope\"}", "POST /nope HTTP/1.1\r\nHost: a\r\n" + length);
        assertOnly("405 {\"error\":\"/v2 takes GET, not POST\"}", "POST /v2 HTTP/1.1\r\nHost: a\r\n" + length);
        assertFollowed(
                "200 {\"name\":\"xceptionc\",\"version\":\"unpacked\",\"extensions\":[\"classify\",\"segment\",\"mask\"]}",
                "GET /v2 HTTP/1.1\r\nHost: a\r\n" + length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2\r\n[]\r\n0\r\n\r\n", "02\r\n[]\r\n00\r\n\r\n", "2;a=b;c=\"d e\"\r\n[]\r\n0;x\r\n\r\n",
        "1\r\n[\r\n1\r\n]\r\n0\r\n\r\n", "2\r\n[]\r\n0\r\nA: b\r\nContent-Length: 7\r\n\r\n"})
    void takesChunksByTheLetter(String body) throws IOException {
        assertFollowed(NO_OBJECT, CHUNKED + body);
        assertFollowed(NO_OBJECT, CHUNKED.replace("chunked", "Chunked") + body);
    }

    @Test
    void readsAHeaderThatIsFoldedAsOneField() throws IOException {
        assertFollowed(NO_OBJECT, POST + "A: b\r\n Content-Length: 7\r\nContent-Length: 2\r\n\r\n[]");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            a          | must be a path, such as /v2
            *          | must be a path, such as /v2
            a:80       | must be a path, such as /v2
            http://    | must be a path, such as /v2
            http://@/  | must be a path, such as /v2
            ftp://a/v2 | must be a path, such as /v2
            /v2#x      | has characters that none may have; encode them by %
            /v2/é | has characters that none may have; encode them by %
            /v2/%      | is no UTF-8 that is encoded by %
            /v2/%4     | is no UTF-8 that is encoded by %
            /v2/%zz    | is no UTF-8 that is encoded by %
            /v2/%+1    | is no UTF-8 that is encoded by %
            /v2/%ff    | is no UTF-8 that is encoded by %
            /v2/%c0%af | is no UTF-8 that is encoded by %
            """)
    void takesNoTargetThatIsNone(String target, String problem) throws IOException {
        assertFollowed("400 {\"error\":\"the request's target " + problem + "\"}",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/health/live", "/%762/health/l%69ve", "/v2/health/live?", "/v2/health/live?a=%zz",
        "http://any:1/v2/health/live", "HTTPS://a/v2/health/live?b"})
    void takesTargetsOfBothForms(String target) throws IOException {
        assertFollowed(LIVE, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void answersAsManyAsAreSentAtOnceInOrder() throws IOException {
        try (RawClient client = new RawClient(service)) {
            String infer = POST + "Content-Length: 2\r\n\r\n[]";
            client.send(RawClient.LIVE + infer + RawClient.LIVE + "GET /x HTTP/1.1\r\nHost: a\r\n\r\n" + infer
                    + "HEAD /v2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + RawClient.LIVE);
            for (String expected : List.of(LIVE, NO_OBJECT, LIVE, "404 {\"error\":\"there is no /x\"}", NO_OBJECT)) {
                assertEquals(expected, client.answer().toString());
            }
            assertEquals(200, client.answerToHead().status());
            assertTrue(client.isClosedSilently());
        }
    }
}
