package io.xceptionc.examples.http;

/** Fuzzes the reader of requests for inference. */
public final class RequestFuzz {

    private RequestFuzz() {}

    /** Reads bytes as the body of such a request. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            RequestReader.read(input).inputs().forEach(tensor -> tensor.data().toArray());
        } catch (RequestProblem _) {
            // What is answered with words.
        }
    }
}
