package io.xceptionc.examples.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Answers as HTTP/1.1 has them: their bodies are JSON, and their lengths are known. */
final class Responses {

    private static final int NO_CONTENT = 204;

    private Responses() {}

    /** An answer, after which the connection stays open if it goes on. */
    static FullHttpResponse of(Answer answer, HttpVersion clientVersion, boolean goesOn) {
        ByteBuf json = Unpooled.wrappedBuffer(answer.json());
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()), json);
        answer.header().forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.DATE,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (answer.status() != NO_CONTENT) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, json.readableBytes());
        }
        HttpUtil.setKeepAlive(response.headers(), clientVersion, goesOn);
        return response;
    }

    /** An answer, after which the connection is closed. */
    static FullHttpResponse closing(Answer answer) {
        return of(answer, HttpVersion.HTTP_1_1, false);
    }

    /** What tells a client that waits for it to send the body. */
    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }
}
