package io.xceptionc.runtime.kernel;

/**
 * A convolution with 3 x 3 taps by minimal filtering, F(2 x 2, 3 x 3). The result is cut into squares of 2 x 2 pixels,
 * in the order of rows. For each, the 4 x 4 inputs under it become {@value #COMPONENTS} components, {@code B^T d B};
 * each is multiplied with its component of the weights, {@code G g G^T}; the sums over the channels become the pixels,
 * {@code A^T m A}. That is 16 multiplications in place of 36. A square may reach past the last row or column of the
 * result.
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray, Fast Algorithms for Convolutional Neural Networks</a>
 */
public final class Winograd {

    /** The components of a square. */
    public static final int COMPONENTS = 16;

    /** The pixels of a square. */
    public static final int SQUARE_PIXELS = 4;

    /** From the sums of one component of a tile of squares to those of the next, where the tile has sums of its own. */
    public static final int COMPONENT_SUMS = Frame.LARGEST_TILE * ImageLayout.CHANNELS;

    private final ImageLayout input;
    private final int paddingTop;
    private final int paddingLeft;
    private final ImageLayout output;
    private final PixelOffsets squarePixels;
    private final PixelOffsets residualPixels;

    /**
     * Where it reads and writes.
     *
     * @param input what it reads, in ordinary blocks; its border is at least the padding, and what squares reach past
     *        the end
     * @param paddingTop rows of padding above
     * @param paddingLeft columns of padding before
     * @param output where the result goes
     */
    public Winograd(ImageLayout input, int paddingTop, int paddingLeft, ImageLayout output) {
        this(input, paddingTop, paddingLeft, output, null);
    }

    /**
     * The same where something is added to the result.
     *
     * @param residual what is added; null if nothing is
     */
    public Winograd(ImageLayout input, int paddingTop, int paddingLeft, ImageLayout output, ImageLayout residual) {
        this.input = input;
        this.paddingTop = paddingTop;
        this.paddingLeft = paddingLeft;
        this.output = output;
        squarePixels = PixelOffsets.ofSquares(output);
        residualPixels = residual == null ? squarePixels : PixelOffsets.ofSquares(residual);
    }

    /** What it reads. */
    public ImageLayout input() {
        return input;
    }

    /** The squares that cover a row. */
    public int squaresOfRow() {
        return Math.ceilDiv(output.width(), 2);
    }

    /** The first byte of the inputs under a square, for a block. */
    public long source(int block, int y, int x) {
        return input.origin(block, paddingTop, paddingLeft) + 2L * y * input.rowBytes()
                + 2L * x * ImageLayout.PIXEL_BYTES;
    }

    /** From a component of a matrix row to the next: whole blocks of channels. */
    public int componentFloats() {
        return input.blockCount() * ImageLayout.CHANNELS;
    }

    /** The panels of each component of the weights, which models compiled before have component by component. */
    public int panelCount() {
        return output.blockCount();
    }

    /** From a block's first pixel to the four of each square. */
    public int[] squarePixels() {
        return squarePixels.array();
    }

    /** From a block's first pixel of what is added to the four of each square. */
    public int[] residualPixels() {
        return residualPixels.array();
    }
}
