package io.xceptionc.examples.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.stream.ChunkedStream;
import java.io.ByteArrayInputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Answers as HTTP/1.1 has them: their bodies are JSON unless they say otherwise, and their lengths are known. */
final class Responses {

    private static final int NO_CONTENT = 204;
    private static final int PART_BYTES = 64 << 10;

    private Responses() {}

    /** The line and header of an answer, after which the connection stays open if it goes on. */
    static HttpResponse head(Answer answer, HttpVersion clientVersion, boolean goesOn) {
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        answer.header().forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.DATE,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (answer.status() != NO_CONTENT) {
            if (!response.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
                response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            }
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        }
        HttpUtil.setKeepAlive(response.headers(), clientVersion, goesOn);
        return response;
    }

    /** The body of an answer, of which no more is copied out of the heap than the connection takes. */
    static HttpChunkedInput body(Answer answer) {
        return new HttpChunkedInput(new ChunkedStream(new ByteArrayInputStream(answer.body()), PART_BYTES));
    }

    /** What tells a client that waits for it to send the body. */
    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }
}
