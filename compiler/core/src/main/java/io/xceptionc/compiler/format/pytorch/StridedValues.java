package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.format.pytorch.PickleValue.View;
import java.util.List;

/** Brings the elements of a tensor that lie in any order into row-major order. */
final class StridedValues {

    private final List<Long> shape;
    private final List<Long> strides;

    StridedValues(View view) {
        this.shape = view.shape();
        this.strides = view.strides();
    }

    /** Whether they lie in row-major order without gaps. */
    boolean areRowMajor() {
        long stride = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            long size = shape.get(axis);
            if (size > 1 && strides.get(axis) != stride) {
                return false;
            }
            stride *= Math.max(1, size);
        }
        return true;
    }

    /** How many elements of the storage they lie among; 0 if there are none. */
    long span() {
        long span = 1;
        for (int axis = 0; axis < shape.size(); axis++) {
            if (shape.get(axis) == 0) {
                return 0;
            }
            span += (shape.get(axis) - 1) * strides.get(axis);
        }
        return span;
    }

    /**
     * The elements in row-major order.
     *
     * @param storage the part of the storage that they lie among
     */
    float[] gather(float[] storage, int elementCount) {
        float[] values = new float[elementCount];
        long[] index = new long[shape.size()];
        long position = 0;
        for (int i = 0; i < elementCount; i++) {
            values[i] = storage[(int) position];
            for (int axis = index.length - 1; axis >= 0; axis--) {
                position += strides.get(axis);
                if (++index[axis] < shape.get(axis)) {
                    break;
                }
                position -= strides.get(axis) * index[axis];
                index[axis] = 0;
            }
        }
        return values;
    }
}
