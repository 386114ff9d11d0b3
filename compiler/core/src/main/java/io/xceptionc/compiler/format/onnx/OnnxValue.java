package io.xceptionc.compiler.format.onnx;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An input or output of a model.
 *
 * @param name its name
 * @param type what its elements are; empty if it is no tensor
 * @param shape the sizes of its axes, those absent that are only decided when it runs; empty if nothing is said of them
 */
public record OnnxValue(String name, Optional<DataType> type, Optional<List<OptionalLong>> shape) {

    public OnnxValue {
        shape = shape.map(List::copyOf);
    }
}
