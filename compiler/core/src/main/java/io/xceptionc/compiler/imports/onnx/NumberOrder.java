package io.xceptionc.compiler.imports.onnx;

import java.util.ArrayList;
import java.util.List;

/** Where the numbers of a constant go when its axes are moved or a part of it is taken. */
final class NumberOrder {

    private NumberOrder() {}

    /** Takes each number's new and old place. */
    @FunctionalInterface
    interface Move {
        /** Takes one number's. */
        void from(int target, int source);
    }

    /** The places of all numbers when the axes of a shape are put into an order. */
    static void transposed(List<Integer> shape, List<Integer> order, Move move) {
        int rank = shape.size();
        int[] strides = new int[rank];
        int count = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            strides[axis] = count;
            count *= shape.get(axis);
        }
        int[] index = new int[rank];
        for (int target = 0; target < count; target++) {
            int source = 0;
            for (int axis = 0; axis < rank; axis++) {
                source += index[axis] * strides[order.get(axis)];
            }
            move.from(target, source);
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape.get(order.get(axis)); axis--) {
                index[axis] = 0;
            }
        }
    }

    /** The places that a slice takes, in its order: from a start to before an end, forwards or backwards. */
    static List<Integer> slice(int size, long start, long end, int stride) {
        int least = stride < 0 ? -1 : 0;
        int most = stride < 0 ? size - 1 : size;
        int from = Math.clamp(start < 0 ? start + size : start, least, most);
        int to = Math.clamp(end < 0 ? end + size : end, least, most);
        List<Integer> places = new ArrayList<>();
        for (int place = from; stride > 0 ? place < to : place > to; place += stride) {
            places.add(place);
        }
        return places;
    }
}
