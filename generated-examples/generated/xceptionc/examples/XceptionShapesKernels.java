package xceptionc.examples;

import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.Product;
import io.xceptionc.runtime.kernel.Winograd;
import jdk.incubator.vector.FloatVector;

/**
 * The kernels that the model's steps share.
 */
abstract class XceptionShapesKernels {
    /**
     * The kernels for a width in bits, for the machine's own if it is 0.
     */
    static XceptionShapesKernels ofWidth(int vectorBits) {
        int width = vectorBits == 0 ? FloatVector.SPECIES_PREFERRED.vectorBitSize() : vectorBits;
        if (width >= 512) {
            return new XceptionShapesKernels512();
        }
        return width >= 256 ? new XceptionShapesKernels256() : new XceptionShapesKernels128();
    }

    /**
     * The width of the vectors.
     */
    abstract int vectorBits();

    /**
     * How many matrix rows, one for each pixel, are multiplied at once.
     */
    abstract int tilePixels();

    /**
     * The first of {@code pixels} that a part computes; parts begin where tiles do.
     */
    final int firstPixel(int pixels, int part, int parts) {
        int tiles = Math.ceilDiv(pixels, tilePixels());
        return Math.min(pixels, (int) ((long) tiles * part / parts) * tilePixels());
    }

    /**
     * How many loops over vectors there are.
     */
    int loopCount() {
        return 16;
    }

    /**
     * Runs a loop {@code count} times round on whatever the frame holds, to warm it up.
     */
    abstract void runLoop(int loop, int count, Frame frame);

    /**
     * Multiplies a vector with the panels from first to before last.
     */
    abstract void dense(Frame frame, ImageLayout input, Product product, int firstPanel,
            int lastPanel, int part);

    /**
     * Depthwise convolution of the pixels from first to before last, to matrix rows.
     */
    abstract void depthwise3x3By4(Frame frame, Depthwise depthwise, int firstPixel, int lastPixel,
            int part);

    /**
     * Depthwise convolution of the pixels from first to before last, to matrix rows.
     */
    abstract void depthwise3x3By7(Frame frame, Depthwise depthwise, int firstPixel, int lastPixel,
            int part);

    /**
     * Depthwise convolution of the pixels from first to before last, to matrix rows.
     */
    abstract void depthwise3x3RectifiedBy4(Frame frame, Depthwise depthwise, int firstPixel,
            int lastPixel, int part);

    /**
     * Pools the rows of blocks from first to before last, counted through all blocks.
     */
    abstract void maxPool3x3(Frame frame, Pooling pooling, int firstRow, int lastRow);

    /**
     * Multiplies the matrix rows of some pixels with some panels of weights, from first to before last.
     */
    abstract void multiply(Frame frame, Product product, int firstPixel, int lastPixel,
            int firstPanel, int lastPanel, int part);

    /**
     * Multiplies the matrix rows of some pixels with some panels of weights, from first to before last.
     */
    abstract void multiplyAndAdd(Frame frame, Product product, int firstPixel, int lastPixel,
            int firstPanel, int lastPanel, int part);

    /**
     * Multiplies the matrix rows of squares with some panels of weights, from first to before last.
     */
    abstract void multiplySquares(Frame frame, Winograd winograd, Product product, int firstSquare,
            int lastSquare, int firstPanel, int lastPanel, int part);

    /**
     * Fills the matrix rows of the pixels from first to before last with the inputs under their windows.
     */
    abstract void patches(Frame frame, Patches patches, int firstPixel, int lastPixel, int part);

    /**
     * Fills the matrix rows of the pixels from first to before last with the inputs under their windows.
     */
    abstract void patchesOfOneBlock(Frame frame, Patches patches, int firstPixel, int lastPixel,
            int part);

    /**
     * Fills the matrix rows of squares from first to before last with what their inputs become.
     */
    abstract void transformSquares32(Frame frame, Winograd winograd, int firstSquare,
            int lastSquare, int part);
}
