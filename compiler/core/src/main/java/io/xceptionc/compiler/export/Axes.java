package io.xceptionc.compiler.export;

import java.util.List;

/** Permutes the axes of row-major values. */
public final class Axes {

    private Axes() {}

    /**
     * The values in another order of axes.
     *
     * @param shape the sizes of the axes as they are
     * @param axes for each axis of the result the axis that it is
     */
    public static float[] permuted(float[] values, List<Integer> shape, List<Integer> axes) {
        int rank = shape.size();
        int[] strides = new int[rank];
        int size = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = size;
            size *= shape.get(axis);
        }
        float[] permuted = new float[values.length];
        int[] index = new int[rank];
        for (int to = 0; to < permuted.length; to++) {
            int from = 0;
            for (int axis = 0; axis < rank; axis++) {
                from += index[axis] * strides[axes.get(axis)];
            }
            permuted[to] = values[from];
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape.get(axes.get(axis)); axis--) {
                index[axis] = 0;
            }
        }
        return permuted;
    }
}
