package io.xceptionc.examples.http;

import java.util.List;
import java.util.Optional;

/**
 * A request for inference, as it was sent.
 *
 * @param id what the response must repeat
 * @param outputs the names of the outputs that are wanted; empty for all
 */
record InferenceRequest(Optional<String> id, List<InputTensor> inputs, List<String> outputs) {

    InferenceRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
