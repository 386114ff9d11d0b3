package io.xceptionc.examples.http;

import java.util.Map;

/** What a request is answered. */
final class Answer {

    private final int status;
    private final Map<String, String> header;
    private final byte[] body;

    /**
     * Keeps the bytes.
     *
     * @param header fields beside those that every answer has; a {@code Content-Type} where it is not JSON
     * @param body empty for none
     */
    Answer(int status, Map<String, String> header, byte[] body) {
        this.status = status;
        this.header = Map.copyOf(header);
        this.body = body;
    }

    /** A PNG. */
    static Answer ofPng(byte[] png) {
        return new Answer(200, Map.of("Content-Type", "image/png"), png);
    }

    /** An answer in JSON, without further fields. */
    static Answer of(int status, byte[] json) {
        return new Answer(status, Map.of(), json);
    }

    int status() {
        return status;
    }

    Map<String, String> header() {
        return header;
    }

    /** The body itself, not a copy. */
    byte[] body() {
        return body;
    }
}
