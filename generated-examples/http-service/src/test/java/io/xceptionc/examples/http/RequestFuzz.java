package io.xceptionc.examples.http;

import java.io.ByteArrayInputStream;
import tools.jackson.core.exc.JacksonIOException;

/** Fuzzes the reader of requests for inference. */
public final class RequestFuzz {

    private static final long MOST_BYTES = 1 << 16;

    private RequestFuzz() {}

    /** Reads bytes as the body of such a request. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            InferenceRequest request =
                    RequestReader.read(new BoundedBody(new ByteArrayInputStream(input), MOST_BYTES));
            request.inputs().forEach(tensor -> tensor.data().toArray());
        } catch (RequestProblem | JacksonIOException _) {
            // What is answered with words; the other is a body that could not be read.
        }
    }
}
