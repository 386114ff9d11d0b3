package xceptionc.examples;

import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Product;
import jdk.incubator.vector.FloatVector;

/**
 * The kernels that the model's steps share.
 */
abstract class ExtremeInceptionKernels {
    /**
     * The kernels for a width in bits, for the machine's own if it is 0.
     */
    static ExtremeInceptionKernels ofWidth(int vectorBits) {
        int width = vectorBits == 0 ? FloatVector.SPECIES_PREFERRED.vectorBitSize() : vectorBits;
        if (width >= 512) {
            return new ExtremeInceptionKernels512();
        }
        return width >= 256 ? new ExtremeInceptionKernels256() : new ExtremeInceptionKernels128();
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
        return 7;
    }

    /**
     * Runs a loop {@code count} times round on whatever the frame holds, to warm it up.
     */
    abstract void runLoop(int loop, int count, Frame frame);

    /**
     * Depthwise convolution of the pixels from first to before last, to an image.
     */
    abstract void depthwise3x3ClampedToImageBy6(Frame frame, Depthwise depthwise,
            ImageLayout output, int firstPixel, int lastPixel, int part);

    /**
     * Multiplies the matrix rows of some pixels with some panels of weights, from first to before last.
     */
    abstract void multiply(Frame frame, Product product, int firstPixel, int lastPixel,
            int firstPanel, int lastPanel, int part);

    /**
     * Fills the matrix rows of the pixels from first to before last with the inputs under their windows.
     */
    abstract void patches(Frame frame, Patches patches, int firstPixel, int lastPixel, int part);
}
