package io.xceptionc.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The line and header of a request, of which is known where its body ends.
 *
 * @param length of the body in bytes; -1 if it comes in chunks
 * @param keepsAlive whether the client wants the connection for further requests
 * @param expectsContinue whether the client waits to be told before it sends the body
 */
record RequestHead(
        String method,
        String target,
        HttpVersion version,
        long length,
        boolean keepsAlive,
        boolean expectsContinue) {

    private static final long CHUNKED = -1;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:\\[\\]%-]*");

    /**
     * Reads it from what the decoder has made of it.
     *
     * @throws RequestProblem if it cannot be understood, so that nothing behind it can be, or asks for what no path has
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">HTTP/1.1</a>, sections 3.2 and 6.3
     */
    static RequestHead of(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw problem(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw RequestProblem.of(505, "the service speaks HTTP 1.0 and 1.1");
        }
        HttpHeaders header = request.headers();
        requireHost(header, version);
        requirePlain(header);
        return new RequestHead(request.method().name(), request.uri(), version, length(header),
                HttpUtil.isKeepAlive(request), expectsContinue(header));
    }

    /** Whether anything of the body may still be under way. */
    boolean hasBody() {
        return length != 0;
    }

    private static RequestProblem problem(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> RequestProblem.of(414,
                    "the request's line has more than " + ClientLimits.LINE_BYTES + " bytes");
            case TooLongHttpHeaderException _ -> RequestProblem.of(431,
                    "the request's header has more than " + ClientLimits.HEADER_BYTES + " bytes");
            default -> RequestProblem.wrong("the request's line or header is malformed by RFC 9112");
        };
    }

    private static void requireHost(HttpHeaders header, HttpVersion version) {
        List<String> hosts = header.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_1))) {
            throw RequestProblem.wrong("the request must name one Host, and names " + hosts.size());
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw RequestProblem.wrong("the request's Host is none");
        }
    }

    private static long length(HttpHeaders header) {
        List<String> codings = header.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            String length = header.get(HttpHeaderNames.CONTENT_LENGTH);
            return length == null ? 0 : Long.parseLong(length); // the decoder has seen to it that it is a number, and one
        }
        if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw RequestProblem.of(501, "the service takes no Transfer-Encoding but chunked");
        }
        return CHUNKED;
    }

    private static boolean expectsContinue(HttpHeaders header) {
        String expectation = header.get(HttpHeaderNames.EXPECT);
        if (expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            throw RequestProblem.of(417, "the service meets no expectation but 100-continue");
        }
        return expectation != null;
    }

    private static void requirePlain(HttpHeaders header) {
        String coding = header.get(HttpHeaderNames.CONTENT_ENCODING);
        if (coding != null && !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding)) {
            throw RequestProblem.of(415, "the service takes no Content-Encoding; send the body as it is");
        }
    }
}
