package io.xceptionc.compiler.weights;

import java.util.List;

/**
 * Moves the axes of an array. Of the axis along which it reads and that along which it writes one number after another,
 * a block is moved at once, which both caches hold; large kernels would miss them at each number otherwise.
 */
final class Transposition {

    private static final int BLOCK = 32;

    private final float[] source;
    private final float[] target;
    private final List<Integer> shape;
    private final int[] readStrides;
    private final int[] writeStrides;
    /** The axis with the shortest steps in the source. */
    private final int row;
    /** The axis with the shortest steps in the target. */
    private final int column;

    private Transposition(float[] source, List<Integer> shape, int[] readStrides, int[] writeStrides) {
        this.source = source;
        this.target = new float[source.length];
        this.shape = shape;
        this.readStrides = readStrides;
        this.writeStrides = writeStrides;
        this.row = shortest(shape, readStrides);
        this.column = shortest(shape, writeStrides);
    }

    /**
     * What is read with some strides, as it is written with others.
     *
     * @param shape as it is written
     * @param readStrides by how many numbers the next one along an axis lies further in the source
     * @param writeStrides the same in the result
     */
    static float[] of(float[] source, List<Integer> shape, int[] readStrides, int[] writeStrides) {
        Transposition transposition = new Transposition(source, shape, readStrides, writeStrides);
        transposition.along(0, 0, 0);
        return transposition.target;
    }

    /** The axis with the shortest steps among those with more than one place; the last one if there is none. */
    private static int shortest(List<Integer> shape, int[] strides) {
        int shortest = shape.size() - 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            boolean isShorter = shape.get(shortest) == 1 || strides[axis] < strides[shortest];
            shortest = shape.get(axis) > 1 && isShorter ? axis : shortest;
        }
        return shortest;
    }

    private void along(int axis, int read, int write) {
        if (axis == shape.size()) {
            moveMatrix(read, write);
        } else if (axis == row || axis == column) {
            along(axis + 1, read, write);
        } else {
            for (int place = 0; place < shape.get(axis); place++) {
                along(axis + 1, read + place * readStrides[axis], write + place * writeStrides[axis]);
            }
        }
    }

    private void moveMatrix(int read, int write) {
        int rows = row == column ? 1 : shape.get(row);
        int columns = shape.get(column);
        for (int firstRow = 0; firstRow < rows; firstRow += BLOCK) {
            for (int firstColumn = 0; firstColumn < columns; firstColumn += BLOCK) {
                moveBlock(read + firstRow * readStrides[row] + firstColumn * readStrides[column],
                        write + firstRow * writeStrides[row] + firstColumn * writeStrides[column],
                        Math.min(BLOCK, rows - firstRow), Math.min(BLOCK, columns - firstColumn));
            }
        }
    }

    private void moveBlock(int read, int write, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            int readStart = read + r * readStrides[row];
            int writeStart = write + r * writeStrides[row];
            for (int c = 0; c < columns; c++) {
                target[writeStart + c * writeStrides[column]] = source[readStart + c * readStrides[column]];
            }
        }
    }
}
