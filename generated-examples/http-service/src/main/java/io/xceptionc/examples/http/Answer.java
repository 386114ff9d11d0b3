package io.xceptionc.examples.http;

import java.util.Map;

/** What a request is answered. */
final class Answer {

    private final int status;
    private final Map<String, String> header;
    private final byte[] json;

    /**
     * Keeps the bytes.
     *
     * @param header fields beside those that every answer has
     * @param json the body; empty for none
     */
    Answer(int status, Map<String, String> header, byte[] json) {
        this.status = status;
        this.header = Map.copyOf(header);
        this.json = json;
    }

    /** An answer without further fields. */
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
    byte[] json() {
        return json;
    }
}
