package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.format.file.TensorInfo;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of a model: what it is and where its elements lie, but not the elements.
 *
 * @param name its name; empty for a value of an attribute
 * @param type what its elements are
 * @param shape the sizes of its axes, outermost first; empty for a single number
 * @param storage where the elements are
 */
public record OnnxTensor(String name, DataType type, List<Long> shape, Storage storage) {

    public OnnxTensor {
        shape = List.copyOf(shape);
    }

    /** Where elements are. */
    sealed interface Storage {}

    /**
     * One after another, little-endian, as many bytes each as the type has.
     *
     * @param extent all of them
     */
    record Bytes(Extent extent) implements Storage {}

    /**
     * One after another, each a number of 1 to 10 bytes.
     *
     * @param extent all of them
     */
    record Varints(Extent extent) implements Storage {}

    /**
     * In another file, as {@link Bytes}.
     *
     * @param location the file's path as the model gives it
     * @param byteOffset where they begin
     */
    record External(String location, long byteOffset) implements Storage {}

    /** The number of elements. */
    public long elementCount() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** What weights files say of it; empty if they have no name for its type. */
    Optional<TensorInfo> info() {
        return type.elementType().map(elements -> new TensorInfo(name, elements, shape));
    }
}
