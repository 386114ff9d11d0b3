package xceptionc.examples;

import io.xceptionc.runtime.kernel.Copies;
import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Network;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Product;
import io.xceptionc.runtime.kernel.SharedKernel;
import io.xceptionc.runtime.kernel.SlidingWindow;
import io.xceptionc.runtime.kernel.shared.BorderKernel;
import java.util.List;

/**
 * The network {@code extreme-inception}, [30, 30, 64] to [30, 30, 192], NHWC, float32, compiled by xceptionc.
 *
 * <p>A step is a method. What it works on is described by constants: where values lie, in bytes
 * from the start of the arena; where weights and tables lie, in bytes from the start of the
 * model's constants; how windows slide.
 */
public final class ExtremeInception extends Network {
    /**
     * 30 x 30 x 64 from byte 0 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_30X30X64_AT_0 =
            ImageLayout.ofBlocks(30, 30, 64).at(0);

    /**
     * A window of 1 x 1 that slides by 1 x 1.
     */
    private static final SlidingWindow WINDOW_1X1 =
            SlidingWindow.of(1, 1);

    /**
     * What the 1 x 1 window of pointwise.conv sees.
     */
    private static final Patches POINTWISE_CONV_PATCHES =
            new Patches(LAYOUT_30X30X64_AT_0, 0, 64, 30, WINDOW_1X1, Float.NEGATIVE_INFINITY);

    /**
     * 30 x 30 x 96 from byte 787200 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_30X30X96_AT_787200 =
            ImageLayout.ofBlocks(30, 30, 96).at(787200);

    /**
     * The product [900, 64] x [64, 96] of pointwise.conv, and what follows it.
     */
    private static final Product POINTWISE_CONV_PRODUCT =
            new Product(0, 24576, 64, 0, LAYOUT_30X30X96_AT_787200, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * 30 x 30 x 192 from byte 0 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_30X30X192_AT_0_BORDER_1 =
            ImageLayout.ofBlocks(30, 30, 192).within(1, 1, 1, 1).at(0);

    /**
     * A window of 3 x 3 that slides by 1 x 1, with 1 and 1 of padding above and before.
     */
    private static final SlidingWindow WINDOW_3X3_PADDING_1 =
            SlidingWindow.of(3, 3).withPadding(1, 1);

    /**
     * How the 3 x 3 window of depthwise.conv slides.
     */
    private static final Depthwise DEPTHWISE_CONV_DEPTHWISE =
            new Depthwise(LAYOUT_30X30X192_AT_0_BORDER_1, 24960, 31872, 30, WINDOW_3X3_PADDING_1,
                    Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY);

    /**
     * 30 x 30 x 192 from byte 787200 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_30X30X192_AT_787200 =
            ImageLayout.ofBlocks(30, 30, 192).at(787200);

    /**
     * The layers that the steps compute.
     */
    private static final String[] STEP_NAMES = {"input", "pointwise.conv", "depthwise.conv@repeat",
            "depthwise.conv", "output"};

    private final ExtremeInceptionKernels kernels;

    /**
     * With vectors of 128, 256 or 512 bits; 0 for what the machine prefers.
     */
    public ExtremeInception(int vectorBits) {
        kernels = ExtremeInceptionKernels.ofWidth(vectorBits);
    }

    @Override
    public int stepCount() {
        return 5;
    }

    @Override
    public String stepName(int step) {
        return STEP_NAMES[step];
    }

    @Override
    public boolean isParallel(int step) {
        return switch (step) {
            case 0, 4 -> false;
            default -> true;
        };
    }

    @Override
    public List<SharedKernel> sharedKernels() {
        return List.of(BorderKernel.CLEAR_BORDER);
    }

    @Override
    public long arenaBytes() {
        return 1479168;
    }

    @Override
    public int rowsFloats() {
        return 38976;
    }

    @Override
    public int vectorBits() {
        return kernels.vectorBits();
    }

    @Override
    public int loopCount() {
        return kernels.loopCount();
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        kernels.runLoop(loop, count, frame);
    }

    @Override
    public void runStep(int step, Frame frame, int part, int parts) {
        switch (step) {
            case 0 -> input(frame, part, parts);
            case 1 -> pointwiseConv(frame, part, parts);
            case 2 -> depthwiseConvRepeat(frame, part, parts);
            case 3 -> depthwiseConv(frame, part, parts);
            case 4 -> output(frame, part, parts);
            default -> throw new IndexOutOfBoundsException(step);
        }
    }

    /**
     * input: input, [30, 30, 64].
     *
     * <p>Computes input (line 6 of the spec).
     */
    private void input(Frame frame, int part, int parts) {
        Copies.read(frame, LAYOUT_30X30X64_AT_0, split(30, part, parts),
                split(30, part + 1, parts));
    }

    /**
     * pointwise.conv: conv2d, [30, 30, 64] to [30, 30, 96].
     *
     * <p>Computes pointwise.conv, pointwise.bn, pointwise.relu (line 8 of the spec).
     */
    private void pointwiseConv(Frame frame, int part, int parts) {
        int last = kernels.firstPixel(900, part + 1, parts);
        for (int pixel = kernels.firstPixel(900, part, parts); pixel < last; pixel += 390) {
            int end = Math.min(pixel + 390, last);
            // What the window sees at each pixel becomes a matrix row.
            kernels.patches(frame, POINTWISE_CONV_PATCHES, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, POINTWISE_CONV_PRODUCT, pixel, end, 0, 3, part);
        }
    }

    /**
     * depthwise.conv@repeat: repeat_channels, [30, 30, 96] to [30, 30, 192].
     *
     * <p>Computes depthwise.conv (line 11 of the spec).
     */
    private void depthwiseConvRepeat(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_30X30X192_AT_0_BORDER_1, split(6, part, parts),
                split(6, part + 1, parts));
        Copies.repeatChannels(frame, LAYOUT_30X30X96_AT_787200, LAYOUT_30X30X192_AT_0_BORDER_1, 2, split(90, part, parts),
                split(90, part + 1, parts));
    }

    /**
     * depthwise.conv: depthwise_conv2d, [30, 30, 192] to [30, 30, 192].
     *
     * <p>Computes depthwise.conv, depthwise.bn, depthwise.relu (line 11 of the spec).
     */
    private void depthwiseConv(Frame frame, int part, int parts) {
        // Slide the window over this part's pixels, channels as the axis of vectors.
        kernels.depthwise3x3ClampedToImageBy6(frame, DEPTHWISE_CONV_DEPTHWISE, LAYOUT_30X30X192_AT_787200,
                split(900, part, parts), split(900, part + 1, parts), part);
    }

    /**
     * output: output, [30, 30, 192] to [30, 30, 192].
     *
     * <p>Computes output (line 13 of the spec).
     */
    private void output(Frame frame, int part, int parts) {
        Copies.write(frame, LAYOUT_30X30X192_AT_787200, split(30, part, parts),
                split(30, part + 1, parts));
    }
}
