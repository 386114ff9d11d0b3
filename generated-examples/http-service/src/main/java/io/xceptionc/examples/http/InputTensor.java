package io.xceptionc.examples.http;

import java.util.List;
import java.util.Optional;

/**
 * An input of a request, as it was sent.
 *
 * @param datatype its type's name, of which nothing is known yet
 * @param data its values, row-major
 * @param strange the first value that is no float32, if any
 */
record InputTensor(String name, String datatype, List<Long> shape, FloatList data, Optional<String> strange) {

    InputTensor {
        shape = List.copyOf(shape);
    }
}
