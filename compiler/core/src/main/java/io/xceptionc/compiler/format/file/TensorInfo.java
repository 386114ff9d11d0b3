package io.xceptionc.compiler.format.file;

import java.util.List;
import java.util.Objects;

/**
 * A tensor as a weights file describes it.
 *
 * @param name its name in the file: any text, so {@link io.xceptionc.compiler.diagnostic.Quotation} where people see it
 * @param type what its elements are
 * @param shape the sizes of its axes in the file's layout, outermost first; empty for a single number
 */
public record TensorInfo(String name, ElementType type, List<Long> shape) {

    /** The most elements that an array can have in any JVM. */
    public static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    public TensorInfo {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        shape = List.copyOf(shape);
    }

    /**
     * The number of elements.
     *
     * @throws ArithmeticException if there are more than a {@code long} counts
     */
    public long elementCount() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /**
     * The number of bytes.
     *
     * @throws ArithmeticException if there are more than a {@code long} counts
     */
    public long byteCount() {
        return Math.multiplyExact(elementCount(), (long) type.byteSize());
    }
}
