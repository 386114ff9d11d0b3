package io.xceptionc.compiler.graph;

import java.util.List;

/** Permutes the axes of row-major values. */
public final class Axes {

    private Axes() {}

    /** Takes the place of each value in both orders. */
    @FunctionalInterface
    public interface Move {
        /** Takes those of one value. */
        void move(int to, int from);
    }

    /**
     * The values in another order of axes.
     *
     * @param shape the sizes of the axes as they are
     * @param axes for each axis of the result the axis that it is
     */
    public static float[] permuted(float[] values, List<Integer> shape, List<Integer> axes) {
        float[] permuted = new float[values.length];
        permute(shape, axes, (to, from) -> permuted[to] = values[from]);
        return permuted;
    }

    /**
     * Where each value goes, in the order of the result.
     *
     * @param shape the sizes of the axes as they are
     * @param axes for each axis of the result the axis that it is
     */
    public static void permute(List<Integer> shape, List<Integer> axes, Move move) {
        int rank = shape.size();
        int[] strides = new int[rank];
        int size = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = size;
            size *= shape.get(axis);
        }
        int[] index = new int[rank];
        for (int to = 0; to < size; to++) {
            int from = 0;
            for (int axis = 0; axis < rank; axis++) {
                from += index[axis] * strides[axes.get(axis)];
            }
            move.move(to, from);
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape.get(axes.get(axis)); axis--) {
                index[axis] = 0;
            }
        }
    }
}
