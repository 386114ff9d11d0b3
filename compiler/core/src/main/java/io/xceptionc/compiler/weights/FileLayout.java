package io.xceptionc.compiler.weights;

import java.util.Arrays;
import java.util.List;

/**
 * How tensors of a role lie in a convention's files, against the canonical layout of the role ({@link TensorRole}).
 *
 * @param convention whose files
 * @param role of which tensors
 */
public record FileLayout(NamingConvention convention, TensorRole role) {

    /** The shape in the file of a tensor that has the given shape in the canonical layout. */
    public List<Integer> fileShape(List<Integer> canonicalShape) {
        List<Integer> shape = permuted(canonicalShape);
        return mergesMultiplier()
                ? List.of(Math.multiplyExact(shape.get(0), shape.get(1)), 1, shape.get(2), shape.get(3))
                : shape;
    }

    /** What the axes of the tensor in the file are, such as {@code [out, in, height, width]}. */
    public List<String> fileAxes() {
        List<String> axes = permuted(role.axes());
        return mergesMultiplier() ? List.of("channels * multiplier", "1", axes.get(2), axes.get(3)) : axes;
    }

    /** The values of a file in the canonical layout; the same array if the layouts are equal. */
    public float[] toCanonical(float[] fileValues, List<Integer> canonicalShape) {
        List<Integer> axes = convention.axes(role);
        int[] fileStrides = strides(permuted(canonicalShape));
        int[] readStrides = new int[fileStrides.length];
        for (int fileAxis = 0; fileAxis < readStrides.length; fileAxis++) {
            readStrides[axes.get(fileAxis)] = fileStrides[fileAxis];
        }
        return gather(fileValues, canonicalShape, readStrides);
    }

    /** Values in the canonical layout as a file has them; the same array if the layouts are equal. */
    public float[] toFile(float[] canonicalValues, List<Integer> canonicalShape) {
        int[] canonicalStrides = strides(canonicalShape);
        int[] readStrides = convention.axes(role).stream().mapToInt(axis -> canonicalStrides[axis]).toArray();
        return gather(canonicalValues, permuted(canonicalShape), readStrides);
    }

    /** PyTorch has a depthwise kernel's channels and multiplier on one axis, and one channel for each of its groups. */
    private boolean mergesMultiplier() {
        return convention == NamingConvention.PYTORCH
                && (role == TensorRole.DEPTHWISE_KERNEL || role == TensorRole.SEPARABLE_DEPTHWISE_KERNEL);
    }

    private <T> List<T> permuted(List<T> canonical) {
        return convention.axes(role).stream().map(canonical::get).toList();
    }

    private static int[] strides(List<Integer> shape) {
        int[] strides = new int[shape.size()];
        int stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.get(axis);
        }
        return strides;
    }

    /**
     * The row-major values of a shape, of which each axis is read with a stride of its own; the same array if none
     * moves.
     */
    private static float[] gather(float[] source, List<Integer> shape, int[] readStrides) {
        int[] writeStrides = strides(shape);
        return Arrays.equals(readStrides, writeStrides)
                ? source
                : Transposition.of(source, shape, readStrides, writeStrides);
    }
}
