package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import java.util.ArrayList;
import java.util.List;

/**
 * Shapes that are brought to one: axes are counted from the back, and those of size 1 repeat.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md">ONNX, broadcasting</a>
 */
final class Broadcast {

    private Broadcast() {}

    /** The shape that both come to. */
    static List<Integer> shape(List<Integer> left, List<Integer> right) throws CannotImportException {
        List<Integer> shape = new ArrayList<>();
        for (int back = Math.max(left.size(), right.size()); back > 0; back--) {
            int a = back > left.size() ? 1 : left.get(left.size() - back);
            int b = back > right.size() ? 1 : right.get(right.size() - back);
            if (a != b && a != 1 && b != 1) {
                throw new CannotImportException("it computes with " + left + " and " + right, "");
            }
            shape.add(a == 1 ? b : a);
        }
        return shape;
    }

    /** For each element of a shape, row-major, which element it is of one that is brought to it. */
    static int[] places(List<Integer> from, List<Integer> to) {
        int count = to.stream().reduce(1, Math::multiplyExact);
        int[] places = new int[count];
        int blockSize = 1;
        int stride = 1;
        for (int back = 1; back <= from.size(); back++) {
            int size = from.get(from.size() - back);
            int repeated = to.get(to.size() - back);
            for (int i = 0; i < count; i++) {
                places[i] += size == 1 ? 0 : i / blockSize % repeated * stride;
            }
            blockSize *= repeated;
            stride *= size;
        }
        return places;
    }
}
