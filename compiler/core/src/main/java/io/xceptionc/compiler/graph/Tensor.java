package io.xceptionc.compiler.graph;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A constant of the network: its name, shape and, once weights are bound, its float32 values in row-major order.
 *
 * <p> Kernels are HWIO {@code [height, width, channels in / groups, channels out]}, depthwise kernels {@code [height,
 * width, channels, multiplier]}, dense kernels {@code [in, out]}, whatever the file's layout was. Tensors are compared
 * by identity: layers that share weights share the object. Thread-safe.
 */
public final class Tensor {

    private final String name;
    private final List<Integer> shape;
    private Supplier<float[]> source;
    private float[] values;

    private Tensor(String name, List<Integer> shape, Supplier<float[]> source) {
        this.name = Objects.requireNonNull(name);
        this.shape = List.copyOf(shape);
        this.source = Objects.requireNonNull(source);
    }

    /** A tensor of which only the shape is known; asking for its values is an {@link IllegalStateException}. */
    public static Tensor declared(String name, List<Integer> shape) {
        return new Tensor(name, shape, () -> {
            throw new IllegalStateException("tensor '" + name + "' has no values: no weights were bound");
        });
    }

    /** A tensor whose values are computed when they are first asked for. */
    public static Tensor lazy(String name, List<Integer> shape, Supplier<float[]> source) {
        return new Tensor(name, shape, source);
    }

    /** A vector of the given values, which are not copied. */
    public static Tensor vector(String name, float[] values) {
        return new Tensor(name, List.of(values.length), () -> values);
    }

    /** The tensor's name in the weights file, or that of the pass that made it; for people only. */
    public String name() {
        return name;
    }

    /** The sizes of the axes, outermost first. */
    public List<Integer> shape() {
        return shape;
    }

    /** The size of one axis. */
    public int dimension(int axis) {
        return shape.get(axis);
    }

    /** The number of elements. */
    public int elementCount() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** The values, row-major; callers must not change them. */
    public synchronized float[] values() {
        if (values == null) {
            values = source.get();
            source = null;
            if (values.length != elementCount()) {
                throw new IllegalStateException(
                        "tensor '" + name + "' has " + values.length + " values, not " + elementCount());
            }
        }
        return values;
    }

    /** {@code name[shape]}. */
    @Override
    public String toString() {
        return name + shape;
    }
}
