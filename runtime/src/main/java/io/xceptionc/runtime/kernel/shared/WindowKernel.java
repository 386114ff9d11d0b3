package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * The maximum or mean of a window of any size, {@code [rows, columns, 32] -> [1, 1, 32]}, row by row, in one loop: a
 * vector that is carried through two nested loops may end up on the heap. So may one on which an operation is called
 * that comes from the round before, which is why it is the argument.
 *
 * <p> A sum of float32 alone drifts: that of a million equal values is wrong in the third digit. So what rounding adds
 * is taken back (compensated summation), but four rounds later, as a round would otherwise wait for four operations in
 * place of one. The mean of any number of values is then exact to a ten-millionth of their mean magnitude.
 *
 * @see <a href="https://doi.org/10.1145/363707.363723">Kahan, Further Remarks on Reducing Truncation Errors</a>
 */
public enum WindowKernel implements SharedKernel {

    /** The maximum; one that is not a number may get lost in it. */
    MAX_WINDOW,
    /** The mean, its divisor given. */
    AVG_WINDOW;

    @Override
    public Class<?> loopsClass() {
        return WindowKernel.class;
    }

    @Override
    public List<String> loops() {
        return List.of(label());
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        reduce(frame, 0, 0, 0, count, count, 0, 0);
    }

    /** Reduces the blocks of an image, from first to before last, to one value a channel. */
    public void reduceBlocks(Frame frame, ImageLayout input, ImageLayout output, int firstBlock, int lastBlock) {
        int count = input.height() * input.width();
        for (int block = firstBlock; block < lastBlock; block++) {
            reducePixels(frame, input.origin(block), input.rowBytes(), PIXEL_BYTES, input.width(), count,
                    output.origin(block), count);
        }
    }

    /**
     * Reduces an image to a grid of any size, adaptive pooling: the rows from first to before last of output blocks,
     * counted through all blocks. A result's window begins where its share of the image does, rounded down, and ends
     * where that does, rounded up; a grid of one row reduces columns, one of one column rows.
     */
    public void reduceToGrid(Frame frame, ImageLayout input, ImageLayout output, int firstRow, int lastRow) {
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / output.height();
            int y = row % output.height();
            int firstY = share(y, input.height(), output.height());
            int rows = Math.ceilDiv((y + 1) * input.height(), output.height()) - firstY;
            for (int x = 0; x < output.width(); x++) {
                int firstX = share(x, input.width(), output.width());
                int columns = Math.ceilDiv((x + 1) * input.width(), output.width()) - firstX;
                reducePixels(frame, input.origin(block) + firstY * input.rowBytes() + firstX * PIXEL_BYTES,
                        input.rowBytes(), PIXEL_BYTES, columns, rows * columns,
                        output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES, rows * columns);
            }
        }
    }

    private static int share(int index, int size, int parts) {
        return index * size / parts;
    }

    /** Pools the pixels from first to before last of a row of a block, under windows that may be cut. */
    public void poolPixels(Frame frame, Pooling pooling, int block, int y, int firstX, int lastX) {
        ImageLayout output = pooling.output();
        long rowStep = pooling.dilationHeight() * pooling.input().rowBytes();
        long columnStep = pooling.dilationWidth() * PIXEL_BYTES;
        int firstRow = pooling.firstRowOfWindow(y);
        int rows = pooling.lastRowOfWindow(y) - firstRow;
        for (int x = firstX; x < lastX; x++) {
            int firstColumn = pooling.firstColumnOfWindow(x);
            int columns = pooling.lastColumnOfWindow(x) - firstColumn;
            long source = pooling.source(block, y, x) + firstRow * rowStep + firstColumn * columnStep;
            long to = output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES;
            int divisor = pooling.countsPadding()
                    ? pooling.kernelHeight() * pooling.kernelWidth()
                    : rows * columns;
            reducePixels(frame, source, rowStep, columnStep, columns, rows * columns, to, divisor);
        }
    }

    /**
     * Reduces the pixels of a window in one block.
     *
     * @param source the first byte of the first pixel
     * @param rowStep bytes from a row to the next
     * @param columnStep bytes from a column to the next
     * @param columns pixels of a row
     * @param count pixels of the window
     * @param to where the result goes
     * @param divisor what a sum is divided by
     */
    public void reducePixels(Frame frame, long source, long rowStep, long columnStep, int columns, int count, long to,
            float divisor) {
        for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
            reduce(frame, source + lane, rowStep, columnStep, columns, count, to + lane, divisor);
        }
    }

    private void reduce(Frame frame, long source, long rowStep, long columnStep, int columns, int count, long to,
            float divisor) {
        switch (this) {
            case MAX_WINDOW -> maxWindow(frame.arena(), source, rowStep, columnStep, columns, count, to);
            case AVG_WINDOW -> avgWindow(frame.arena(), source, rowStep, columnStep, columns, count, to, divisor);
        }
    }

    private static void maxWindow(MemorySegment arena, long source, long rowStep, long columnStep, int columns,
            int count, long to) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector result = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        long nextRow = rowStep - columns * columnStep;
        long from = source;
        int column = 0;
        for (int i = 0; i < count; i++) {
            FloatVector value = FloatVector.fromMemorySegment(SPECIES, arena, from, ORDER);
            result = value.blend(result, value.lt(result));
            column++;
            from += columnStep;
            if (column == columns) {
                column = 0;
                from += nextRow;
            }
        }
        result.intoMemorySegment(arena, to, ORDER);
    }

    /**
     * Beside the sum a plain one, which takes its place where something is infinite, as the excess is no number then.
     */
    private static void avgWindow(MemorySegment arena, long source, long rowStep, long columnStep, int columns,
            int count, long to, float divisor) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector plainSum = FloatVector.zero(SPECIES);
        FloatVector excess0 = FloatVector.zero(SPECIES);
        FloatVector excess1 = FloatVector.zero(SPECIES);
        FloatVector excess2 = FloatVector.zero(SPECIES);
        FloatVector excess3 = FloatVector.zero(SPECIES);
        long nextRow = rowStep - columns * columnStep;
        long from = source;
        int column = 0;
        for (int i = 0; i < count; i++) {
            FloatVector value = FloatVector.fromMemorySegment(SPECIES, arena, from, ORDER);
            FloatVector summand = value.sub(excess0);
            FloatVector next = summand.add(sum);
            excess0 = excess1;
            excess1 = excess2;
            excess2 = excess3;
            excess3 = next.sub(sum).sub(summand);
            sum = next;
            plainSum = value.add(plainSum);
            column++;
            from += columnStep;
            if (column == columns) {
                column = 0;
                from += nextRow;
            }
        }
        FloatVector total = sum.sub(excess0.add(excess1).add(excess2.add(excess3)));
        plainSum.blend(total, total.eq(total)).div(divisor).intoMemorySegment(arena, to, ORDER);
    }
}
