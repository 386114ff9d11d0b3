package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;

/** The copies that put an image together from its phases, or take it apart into them: a box for each. */
public final class PhaseCopies {

    private final Grid[] sources;
    private final Grid[] targets;
    private final int[] heights;
    private final int[] widths;
    private final int channels;

    private PhaseCopies(int count, int channels) {
        sources = new Grid[count];
        targets = new Grid[count];
        heights = new int[count];
        widths = new int[count];
        this.channels = channels;
    }

    private void set(int phase, Grid source, Grid target, int height, int width) {
        sources[phase] = source;
        targets[phase] = target;
        heights[phase] = height;
        widths[phase] = width;
    }

    /**
     * {@code [h, w, rows * columns * c] -> [h * rows, w * columns, c]} without what is cut off.
     *
     * @param top rows that are cut off above, fewer than a phase has from pixel to pixel
     * @param left columns that are cut off before, as few
     */
    public static PhaseCopies join(ImageLayout input, ImageLayout output, int rows, int columns, int top, int left) {
        PhaseCopies copies = new PhaseCopies(rows * columns, output.channels());
        for (int phase = 0; phase < rows * columns; phase++) {
            int row = phase / columns - top;
            int column = phase % columns - left;
            int skippedRows = row < 0 ? 1 : 0;
            int skippedColumns = column < 0 ? 1 : 0;
            int firstRow = row + skippedRows * rows;
            int firstColumn = column + skippedColumns * columns;
            copies.set(phase, new Grid(input, skippedRows, skippedColumns, phase * output.channels()),
                    new Grid(output, firstRow, rows, firstColumn, columns, 0),
                    Math.ceilDiv(output.height() - firstRow, rows),
                    Math.ceilDiv(output.width() - firstColumn, columns));
        }
        return copies;
    }

    /** An image of which each input is a phase, row by row. */
    public static PhaseCopies join(ImageLayout output, int rows, int columns, ImageLayout... inputs) {
        PhaseCopies copies = new PhaseCopies(inputs.length, output.channels());
        for (int phase = 0; phase < inputs.length; phase++) {
            copies.set(phase, new Grid(inputs[phase]),
                    new Grid(output, phase / columns, rows, phase % columns, columns, 0), inputs[phase].height(),
                    inputs[phase].width());
        }
        return copies;
    }

    /** {@code [h * block, w * block, c] -> [h, w, block * block * c]}. */
    public static PhaseCopies split(ImageLayout input, ImageLayout output, int block) {
        PhaseCopies copies = new PhaseCopies(block * block, input.channels());
        for (int phase = 0; phase < block * block; phase++) {
            copies.set(phase, new Grid(input, phase / block, block, phase % block, block, 0),
                    new Grid(output, 0, 0, phase * input.channels()), output.height(), output.width());
        }
        return copies;
    }

    /** Copies of each phase the rows from first to before last. */
    public void rows(Frame frame, int firstRow, int lastRow) {
        for (int phase = 0; phase < sources.length; phase++) {
            BoxKernel.COPY_BOX.rows(frame, sources[phase], targets[phase], widths[phase], channels, firstRow,
                    Math.min(lastRow, heights[phase]));
        }
    }
}
