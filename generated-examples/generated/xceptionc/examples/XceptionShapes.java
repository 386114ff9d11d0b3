package xceptionc.examples;

import io.xceptionc.runtime.kernel.Copies;
import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Network;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.Product;
import io.xceptionc.runtime.kernel.SharedKernel;
import io.xceptionc.runtime.kernel.SlidingWindow;
import io.xceptionc.runtime.kernel.Winograd;
import io.xceptionc.runtime.kernel.shared.BorderKernel;
import io.xceptionc.runtime.kernel.shared.SoftmaxKernel;
import io.xceptionc.runtime.kernel.shared.WindowKernel;
import java.util.List;

/**
 * The network {@code xception-shapes}, [64, 64, 3] to [10], NHWC, float32, compiled by xceptionc.
 *
 * <p>A step is a method. What it works on is described by constants: where values lie, in bytes
 * from the start of the arena; where weights and tables lie, in bytes from the start of the
 * model's constants; how windows slide.
 */
public final class XceptionShapes extends Network {
    /**
     * 64 x 64 x 3 from byte 148096 on, in pixels of 3 channels within a border of 1 and 0 rows, 1 and 0 columns.
     */
    private static final ImageLayout LAYOUT_64X64X3_PIXELS_AT_148096_BORDER_1X0X1X0 =
            ImageLayout.ofPixels(64, 64, 3).within(1, 0, 1, 0).at(148096);

    /**
     * 32 x 32 x 16 from byte 0 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_32X32X16_AT_0_BORDER_1 =
            ImageLayout.ofBlocks(32, 32, 16).within(1, 1, 1, 1).at(0);

    /**
     * A window of 3 x 3 that slides by 2 x 2, with 1 and 1 of padding above and before.
     */
    private static final SlidingWindow WINDOW_3X3_STRIDE_2_PADDING_1 =
            SlidingWindow.of(3, 3).withStride(2, 2).withPadding(1, 1);

    /**
     * What the 3 x 3 window of conv1 sees.
     */
    private static final Patches CONV1_PATCHES =
            new Patches(LAYOUT_64X64X3_PIXELS_AT_148096_BORDER_1X0X1X0, 0, 3, 32,
                    WINDOW_3X3_STRIDE_2_PADDING_1, Float.NEGATIVE_INFINITY);

    /**
     * The product [1024, 27] x [27, 16] of conv1, and what follows it.
     */
    private static final Product CONV1_PRODUCT =
            new Product(0, 3456, 27, 0, LAYOUT_32X32X16_AT_0_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * 32 x 32 x 32 from byte 558592 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_32X32X32_AT_558592_BORDER_1 =
            ImageLayout.ofBlocks(32, 32, 32).within(1, 1, 1, 1).at(558592);

    /**
     * How the squares of conv2 are computed.
     */
    private static final Winograd CONV2_WINOGRAD =
            new Winograd(LAYOUT_32X32X16_AT_0_BORDER_1, 1, 1, LAYOUT_32X32X32_AT_558592_BORDER_1);

    /**
     * The product [1024, 16] x [16, 32] of conv2, and what follows it.
     */
    private static final Product CONV2_PRODUCT =
            new Product(3584, 36352, 16, 0, LAYOUT_32X32X32_AT_558592_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * 32 x 32 x 64 from byte 0 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_32X32X64_AT_0_BORDER_1 =
            ImageLayout.ofBlocks(32, 32, 64).within(1, 1, 1, 1).at(0);

    /**
     * A window of 3 x 3 that slides by 1 x 1, with 1 and 1 of padding above and before.
     */
    private static final SlidingWindow WINDOW_3X3_PADDING_1 =
            SlidingWindow.of(3, 3).withPadding(1, 1);

    /**
     * How the 3 x 3 window of block1.rep.0 slides.
     */
    private static final Depthwise BLOCK1_REP0_DEPTHWISE =
            new Depthwise(LAYOUT_32X32X32_AT_558592_BORDER_1, 36480, 37632, 32,
                    WINDOW_3X3_PADDING_1, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY);

    /**
     * The product [1024, 32] x [32, 64] of block1.rep.0, and what follows it.
     */
    private static final Product BLOCK1_REP0_PRODUCT =
            new Product(37760, 45952, 32, 0, LAYOUT_32X32X64_AT_0_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block1.rep.3 slides.
     */
    private static final Depthwise BLOCK1_REP3_DEPTHWISE =
            new Depthwise(LAYOUT_32X32X64_AT_0_BORDER_1, 46208, 48512, 32, WINDOW_3X3_PADDING_1,
                    Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 32 x 32 x 64 from byte 296192 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_32X32X64_AT_296192 =
            ImageLayout.ofBlocks(32, 32, 64).at(296192);

    /**
     * The product [1024, 64] x [64, 64] of block1.rep.3, and what follows it.
     */
    private static final Product BLOCK1_REP3_PRODUCT =
            new Product(48768, 65152, 64, 0, LAYOUT_32X32X64_AT_296192, null,
                    Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 16 x 16 x 64 from byte 0 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_16X16X64_AT_0 =
            ImageLayout.ofBlocks(16, 16, 64).at(0);

    /**
     * How the 3 x 3 window of block1.rep.5 slides.
     */
    private static final Pooling BLOCK1_REP5_POOLING =
            new Pooling(LAYOUT_32X32X64_AT_296192, LAYOUT_16X16X64_AT_0,
                    WINDOW_3X3_STRIDE_2_PADDING_1, false);

    /**
     * 16 x 16 x 64 from byte 297984 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_16X16X64_AT_297984_BORDER_1 =
            ImageLayout.ofBlocks(16, 16, 64).within(1, 1, 1, 1).at(297984);

    /**
     * A window of 1 x 1 that slides by 2 x 2.
     */
    private static final SlidingWindow WINDOW_1X1_STRIDE_2 =
            SlidingWindow.of(1, 1).withStride(2, 2);

    /**
     * What the 1 x 1 window of block1.skip sees.
     */
    private static final Patches BLOCK1_SKIP_PATCHES =
            new Patches(LAYOUT_32X32X32_AT_558592_BORDER_1, 0, 32, 16, WINDOW_1X1_STRIDE_2,
                    Float.NEGATIVE_INFINITY);

    /**
     * The product [256, 32] x [32, 64] of block1.skip, and what follows it.
     */
    private static final Product BLOCK1_SKIP_PRODUCT =
            new Product(65408, 73600, 32, 0, LAYOUT_16X16X64_AT_297984_BORDER_1,
                    LAYOUT_16X16X64_AT_0, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 16 x 16 x 128 from byte 0 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_16X16X128_AT_0_BORDER_1 =
            ImageLayout.ofBlocks(16, 16, 128).within(1, 1, 1, 1).at(0);

    /**
     * How the 3 x 3 window of block2.rep.1 slides.
     */
    private static final Depthwise BLOCK2_REP1_DEPTHWISE =
            new Depthwise(LAYOUT_16X16X64_AT_297984_BORDER_1, 73856, 48512, 16,
                    WINDOW_3X3_PADDING_1, 0, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [256, 64] x [64, 128] of block2.rep.1, and what follows it.
     */
    private static final Product BLOCK2_REP1_PRODUCT =
            new Product(76160, 108928, 64, 0, LAYOUT_16X16X128_AT_0_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block2.rep.4 slides.
     */
    private static final Depthwise BLOCK2_REP4_DEPTHWISE =
            new Depthwise(LAYOUT_16X16X128_AT_0_BORDER_1, 109440, 114048, 16, WINDOW_3X3_PADDING_1,
                    Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 16 x 16 x 128 from byte 166400 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_16X16X128_AT_166400 =
            ImageLayout.ofBlocks(16, 16, 128).at(166400);

    /**
     * The product [256, 128] x [128, 128] of block2.rep.4, and what follows it.
     */
    private static final Product BLOCK2_REP4_PRODUCT =
            new Product(114560, 180096, 128, 0, LAYOUT_16X16X128_AT_166400, null,
                    Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 8 x 8 x 128 from byte 51712 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_8X8X128_AT_51712 =
            ImageLayout.ofBlocks(8, 8, 128).at(51712);

    /**
     * How the 3 x 3 window of block2.rep.6 slides.
     */
    private static final Pooling BLOCK2_REP6_POOLING =
            new Pooling(LAYOUT_16X16X128_AT_166400, LAYOUT_8X8X128_AT_51712,
                    WINDOW_3X3_STRIDE_2_PADDING_1, false);

    /**
     * 8 x 8 x 128 from byte 0 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_8X8X128_AT_0_BORDER_1 =
            ImageLayout.ofBlocks(8, 8, 128).within(1, 1, 1, 1).at(0);

    /**
     * What the 1 x 1 window of block2.skip sees.
     */
    private static final Patches BLOCK2_SKIP_PATCHES =
            new Patches(LAYOUT_16X16X64_AT_297984_BORDER_1, 0, 64, 8, WINDOW_1X1_STRIDE_2,
                    Float.NEGATIVE_INFINITY);

    /**
     * The product [64, 64] x [64, 128] of block2.skip, and what follows it.
     */
    private static final Product BLOCK2_SKIP_PRODUCT =
            new Product(180608, 213376, 64, 0, LAYOUT_8X8X128_AT_0_BORDER_1,
                    LAYOUT_8X8X128_AT_51712, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 8 x 8 x 128 from byte 51712 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_8X8X128_AT_51712_BORDER_1 =
            ImageLayout.ofBlocks(8, 8, 128).within(1, 1, 1, 1).at(51712);

    /**
     * How the 3 x 3 window of block3.rep.1 slides.
     */
    private static final Depthwise BLOCK3_REP1_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_0_BORDER_1, 213888, 114048, 8, WINDOW_3X3_PADDING_1, 0,
                    Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block3.rep.1, and what follows it.
     */
    private static final Product BLOCK3_REP1_PRODUCT =
            new Product(218496, 284032, 128, 0, LAYOUT_8X8X128_AT_51712_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * 8 x 8 x 128 from byte 103424 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_8X8X128_AT_103424_BORDER_1 =
            ImageLayout.ofBlocks(8, 8, 128).within(1, 1, 1, 1).at(103424);

    /**
     * How the 3 x 3 window of block3.rep.4 slides.
     */
    private static final Depthwise BLOCK3_REP4_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_51712_BORDER_1, 284544, 114048, 8, WINDOW_3X3_PADDING_1,
                    Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block3.rep.4, and what follows it.
     */
    private static final Product BLOCK3_REP4_PRODUCT =
            new Product(289152, 354688, 128, 0, LAYOUT_8X8X128_AT_103424_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block3.rep.7 slides.
     */
    private static final Depthwise BLOCK3_REP7_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_103424_BORDER_1, 355200, 114048, 8,
                    WINDOW_3X3_PADDING_1, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block3.rep.7, and what follows it.
     */
    private static final Product BLOCK3_REP7_PRODUCT =
            new Product(359808, 425344, 128, 0, LAYOUT_8X8X128_AT_0_BORDER_1,
                    LAYOUT_8X8X128_AT_0_BORDER_1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block4.rep.1 slides.
     */
    private static final Depthwise BLOCK4_REP1_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_0_BORDER_1, 425856, 114048, 8, WINDOW_3X3_PADDING_1, 0,
                    Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block4.rep.1, and what follows it.
     */
    private static final Product BLOCK4_REP1_PRODUCT =
            new Product(430464, 496000, 128, 0, LAYOUT_8X8X128_AT_51712_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block4.rep.4 slides.
     */
    private static final Depthwise BLOCK4_REP4_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_51712_BORDER_1, 496512, 114048, 8, WINDOW_3X3_PADDING_1,
                    Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block4.rep.4, and what follows it.
     */
    private static final Product BLOCK4_REP4_PRODUCT =
            new Product(501120, 566656, 128, 0, LAYOUT_8X8X128_AT_103424_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block4.rep.7 slides.
     */
    private static final Depthwise BLOCK4_REP7_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_103424_BORDER_1, 567168, 114048, 8,
                    WINDOW_3X3_PADDING_1, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block4.rep.7, and what follows it.
     */
    private static final Product BLOCK4_REP7_PRODUCT =
            new Product(571776, 637312, 128, 0, LAYOUT_8X8X128_AT_0_BORDER_1,
                    LAYOUT_8X8X128_AT_0_BORDER_1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block5.rep.1 slides.
     */
    private static final Depthwise BLOCK5_REP1_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_0_BORDER_1, 637824, 114048, 8, WINDOW_3X3_PADDING_1, 0,
                    Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block5.rep.1, and what follows it.
     */
    private static final Product BLOCK5_REP1_PRODUCT =
            new Product(642432, 707968, 128, 0, LAYOUT_8X8X128_AT_51712_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block5.rep.4 slides.
     */
    private static final Depthwise BLOCK5_REP4_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_51712_BORDER_1, 708480, 114048, 8, WINDOW_3X3_PADDING_1,
                    Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block5.rep.4, and what follows it.
     */
    private static final Product BLOCK5_REP4_PRODUCT =
            new Product(713088, 778624, 128, 0, LAYOUT_8X8X128_AT_103424_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block5.rep.7 slides.
     */
    private static final Depthwise BLOCK5_REP7_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_103424_BORDER_1, 779136, 114048, 8,
                    WINDOW_3X3_PADDING_1, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block5.rep.7, and what follows it.
     */
    private static final Product BLOCK5_REP7_PRODUCT =
            new Product(783744, 849280, 128, 0, LAYOUT_8X8X128_AT_0_BORDER_1,
                    LAYOUT_8X8X128_AT_0_BORDER_1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block6.rep.1 slides.
     */
    private static final Depthwise BLOCK6_REP1_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_0_BORDER_1, 849792, 114048, 8, WINDOW_3X3_PADDING_1, 0,
                    Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * The product [64, 128] x [128, 128] of block6.rep.1, and what follows it.
     */
    private static final Product BLOCK6_REP1_PRODUCT =
            new Product(854400, 919936, 128, 0, LAYOUT_8X8X128_AT_51712_BORDER_1, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of block6.rep.4 slides.
     */
    private static final Depthwise BLOCK6_REP4_DEPTHWISE =
            new Depthwise(LAYOUT_8X8X128_AT_51712_BORDER_1, 920448, 114048, 8, WINDOW_3X3_PADDING_1,
                    Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 8 x 8 x 192 from byte 103424 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_8X8X192_AT_103424 =
            ImageLayout.ofBlocks(8, 8, 192).at(103424);

    /**
     * The product [64, 128] x [128, 192] of block6.rep.4, and what follows it.
     */
    private static final Product BLOCK6_REP4_PRODUCT =
            new Product(925056, 1023360, 128, 0, LAYOUT_8X8X192_AT_103424, null,
                    Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * 4 x 4 x 192 from byte 80128 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_4X4X192_AT_80128 =
            ImageLayout.ofBlocks(4, 4, 192).at(80128);

    /**
     * How the 3 x 3 window of block6.rep.6 slides.
     */
    private static final Pooling BLOCK6_REP6_POOLING =
            new Pooling(LAYOUT_8X8X192_AT_103424, LAYOUT_4X4X192_AT_80128,
                    WINDOW_3X3_STRIDE_2_PADDING_1, false);

    /**
     * 4 x 4 x 192 from byte 51712 on, in blocks of 32 channels within a border of 1 and 1 rows, 1 and 1 columns.
     */
    private static final ImageLayout LAYOUT_4X4X192_AT_51712_BORDER_1 =
            ImageLayout.ofBlocks(4, 4, 192).within(1, 1, 1, 1).at(51712);

    /**
     * What the 1 x 1 window of block6.skip sees.
     */
    private static final Patches BLOCK6_SKIP_PATCHES =
            new Patches(LAYOUT_8X8X128_AT_0_BORDER_1, 0, 128, 4, WINDOW_1X1_STRIDE_2,
                    Float.NEGATIVE_INFINITY);

    /**
     * The product [16, 128] x [128, 192] of block6.skip, and what follows it.
     */
    private static final Product BLOCK6_SKIP_PRODUCT =
            new Product(1024128, 1122432, 128, 0, LAYOUT_4X4X192_AT_51712_BORDER_1,
                    LAYOUT_4X4X192_AT_80128, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /**
     * How the 3 x 3 window of conv3 slides.
     */
    private static final Depthwise CONV3_DEPTHWISE =
            new Depthwise(LAYOUT_4X4X192_AT_51712_BORDER_1, 1123200, 1130112, 4,
                    WINDOW_3X3_PADDING_1, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY);

    /**
     * 4 x 4 x 256 from byte 0 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_4X4X256_AT_0 =
            ImageLayout.ofBlocks(4, 4, 256).at(0);

    /**
     * The product [16, 192] x [192, 256] of conv3, and what follows it.
     */
    private static final Product CONV3_PRODUCT =
            new Product(1130880, 1327488, 192, 0, LAYOUT_4X4X256_AT_0, null, 0,
                    Float.POSITIVE_INFINITY);

    /**
     * 1 x 1 x 256 from byte 17408 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_OF_256_AT_17408 =
            ImageLayout.ofVector(256).at(17408);

    /**
     * 1 x 1 x 10 from byte 0 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_OF_10_AT_0 =
            ImageLayout.ofVector(10).at(0);

    /**
     * The product [1, 256] x [256, 10] of fc, and what follows it.
     */
    private static final Product FC_PRODUCT =
            new Product(1328512, 1361280, 256, 0, LAYOUT_OF_10_AT_0, null, Float.NEGATIVE_INFINITY,
                    Float.POSITIVE_INFINITY);

    /**
     * 1 x 1 x 10 from byte 128 on, in blocks of 32 channels.
     */
    private static final ImageLayout LAYOUT_OF_10_AT_128 =
            ImageLayout.ofVector(10).at(128);

    /**
     * The layers that the steps compute.
     */
    private static final String[] STEP_NAMES = {"input", "conv1", "conv2", "block1.rep.0",
            "block1.rep.3", "block1.rep.5", "block1.skip", "block2.rep.1", "block2.rep.4",
            "block2.rep.6", "block2.skip", "block3.rep.1", "block3.rep.4", "block3.rep.7",
            "block4.rep.1", "block4.rep.4", "block4.rep.7", "block5.rep.1", "block5.rep.4",
            "block5.rep.7", "block6.rep.1", "block6.rep.4", "block6.rep.6", "block6.skip", "conv3",
            "avg_pool", "fc", "fc_activation", "output"};

    private final XceptionShapesKernels kernels;

    /**
     * With vectors of 128, 256 or 512 bits; 0 for what the machine prefers.
     */
    public XceptionShapes(int vectorBits) {
        kernels = XceptionShapesKernels.ofWidth(vectorBits);
    }

    @Override
    public int stepCount() {
        return 29;
    }

    @Override
    public String stepName(int step) {
        return STEP_NAMES[step];
    }

    @Override
    public boolean isParallel(int step) {
        return switch (step) {
            case 0, 9, 22, 23, 25, 26, 27, 28 -> false;
            default -> true;
        };
    }

    @Override
    public List<SharedKernel> sharedKernels() {
        return List.of(WindowKernel.AVG_WINDOW, BorderKernel.CLEAR_BORDER, WindowKernel.MAX_WINDOW,
                SoftmaxKernel.SOFTMAX);
    }

    @Override
    public long arenaBytes() {
        return 706688;
    }

    @Override
    public int rowsFloats() {
        return 220864;
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
            case 1 -> conv1(frame, part, parts);
            case 2 -> conv2(frame, part, parts);
            case 3 -> block1Rep0(frame, part, parts);
            case 4 -> block1Rep3(frame, part, parts);
            case 5 -> block1Rep5(frame, part, parts);
            case 6 -> block1Skip(frame, part, parts);
            case 7 -> block2Rep1(frame, part, parts);
            case 8 -> block2Rep4(frame, part, parts);
            case 9 -> block2Rep6(frame, part, parts);
            case 10 -> block2Skip(frame, part, parts);
            case 11 -> block3Rep1(frame, part, parts);
            case 12 -> block3Rep4(frame, part, parts);
            case 13 -> block3Rep7(frame, part, parts);
            case 14 -> block4Rep1(frame, part, parts);
            case 15 -> block4Rep4(frame, part, parts);
            case 16 -> block4Rep7(frame, part, parts);
            case 17 -> block5Rep1(frame, part, parts);
            case 18 -> block5Rep4(frame, part, parts);
            case 19 -> block5Rep7(frame, part, parts);
            case 20 -> block6Rep1(frame, part, parts);
            case 21 -> block6Rep4(frame, part, parts);
            case 22 -> block6Rep6(frame, part, parts);
            case 23 -> block6Skip(frame, part, parts);
            case 24 -> conv3(frame, part, parts);
            case 25 -> avgPool(frame, part, parts);
            case 26 -> fc(frame, part, parts);
            case 27 -> fcActivation(frame, part, parts);
            case 28 -> output(frame, part, parts);
            default -> throw new IndexOutOfBoundsException(step);
        }
    }

    /**
     * input: input, [64, 64, 3].
     *
     * <p>Computes input (line 6 of the spec).
     */
    private void input(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        Copies.clearBorder(frame, LAYOUT_64X64X3_PIXELS_AT_148096_BORDER_1X0X1X0, split(1, part, parts),
                split(1, part + 1, parts));
        Copies.read(frame, LAYOUT_64X64X3_PIXELS_AT_148096_BORDER_1X0X1X0, split(64, part, parts),
                split(64, part + 1, parts));
    }

    /**
     * conv1: conv2d, [64, 64, 3] to [32, 32, 16].
     *
     * <p>Computes conv1, bn1, relu1 (line 49 of the spec).
     */
    private void conv1(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_32X32X16_AT_0_BORDER_1, split(1, part, parts),
                split(1, part + 1, parts));
        int last = kernels.firstPixel(1024, part + 1, parts);
        for (int pixel = kernels.firstPixel(1024, part, parts); pixel < last; pixel += 390) {
            int end = Math.min(pixel + 390, last);
            // What the window sees at each pixel becomes a matrix row.
            kernels.patchesOfOneBlock(frame, CONV1_PATCHES, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, CONV1_PRODUCT, pixel, end, 0, 1, part);
        }
    }

    /**
     * conv2: conv2d, [32, 32, 16] to [32, 32, 32].
     *
     * <p>Computes conv2, bn2, relu2 (line 52 of the spec).
     */
    private void conv2(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_32X32X32_AT_558592_BORDER_1, split(1, part, parts),
                split(1, part + 1, parts));
        int last = kernels.firstPixel(256, part + 1, parts);
        for (int square = kernels.firstPixel(256, part, parts); square < last; square += 78) {
            int end = Math.min(square + 78, last);
            // The window's inputs of each square, transformed, become a matrix row for each component.
            kernels.transformSquares32(frame, CONV2_WINOGRAD, square, end, part);
            // Rows times weights, transformed back, and what follows.
            kernels.multiplySquares(frame, CONV2_WINOGRAD, CONV2_PRODUCT, square, end, 0, 1, part);
        }
    }

    /**
     * block1.rep.0: separable_conv2d, [32, 32, 32] to [32, 32, 64].
     *
     * <p>Computes block1.rep.0, block1.rep.1, block1.rep.2 (line 58 of the spec).
     */
    private void block1Rep0(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_32X32X64_AT_0_BORDER_1, split(2, part, parts),
                split(2, part + 1, parts));
        int last = kernels.firstPixel(1024, part + 1, parts);
        for (int pixel = kernels.firstPixel(1024, part, parts); pixel < last; pixel += 390) {
            int end = Math.min(pixel + 390, last);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By7(frame, BLOCK1_REP0_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK1_REP0_PRODUCT, pixel, end, 0, 2, part);
        }
    }

    /**
     * block1.rep.3: separable_conv2d, [32, 32, 64] to [32, 32, 64].
     *
     * <p>Computes block1.rep.3, block1.rep.4 (line 61 of the spec).
     */
    private void block1Rep3(Frame frame, int part, int parts) {
        int last = kernels.firstPixel(1024, part + 1, parts);
        for (int pixel = kernels.firstPixel(1024, part, parts); pixel < last; pixel += 312) {
            int end = Math.min(pixel + 312, last);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By7(frame, BLOCK1_REP3_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK1_REP3_PRODUCT, pixel, end, 0, 2, part);
        }
    }

    /**
     * block1.rep.5: max_pool2d, [32, 32, 64] to [16, 16, 64].
     *
     * <p>Computes block1.rep.5 (line 63 of the spec).
     */
    private void block1Rep5(Frame frame, int part, int parts) {
        kernels.maxPool3x3(frame, BLOCK1_REP5_POOLING, split(32, part, parts),
                split(32, part + 1, parts));
    }

    /**
     * block1.skip: conv2d, [32, 32, 32], [16, 16, 64] to [16, 16, 64].
     *
     * <p>Computes block1.skip, block1.skipbn, block1.add (line 65 of the spec).
     */
    private void block1Skip(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_16X16X64_AT_297984_BORDER_1, split(2, part, parts),
                split(2, part + 1, parts));
        int last = kernels.firstPixel(256, part + 1, parts);
        for (int pixel = kernels.firstPixel(256, part, parts); pixel < last; pixel += 312) {
            int end = Math.min(pixel + 312, last);
            // What the window sees at each pixel becomes a matrix row.
            kernels.patchesOfOneBlock(frame, BLOCK1_SKIP_PATCHES, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiplyAndAdd(frame, BLOCK1_SKIP_PRODUCT, pixel, end, 0, 2, part);
        }
    }

    /**
     * block2.rep.1: separable_conv2d, [16, 16, 64] to [16, 16, 128].
     *
     * <p>Computes block2.rep.0, block2.rep.1, block2.rep.2, block2.rep.3 (line 25 of the spec).
     */
    private void block2Rep1(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_16X16X128_AT_0_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int last = kernels.firstPixel(256, part + 1, parts);
        for (int pixel = kernels.firstPixel(256, part, parts); pixel < last; pixel += 312) {
            int end = Math.min(pixel + 312, last);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3RectifiedBy4(frame, BLOCK2_REP1_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK2_REP1_PRODUCT, pixel, end, 0, 4, part);
        }
    }

    /**
     * block2.rep.4: separable_conv2d, [16, 16, 128] to [16, 16, 128].
     *
     * <p>Computes block2.rep.4, block2.rep.5 (line 28 of the spec).
     */
    private void block2Rep4(Frame frame, int part, int parts) {
        int last = kernels.firstPixel(256, part + 1, parts);
        for (int pixel = kernels.firstPixel(256, part, parts); pixel < last; pixel += 312) {
            int end = Math.min(pixel + 312, last);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK2_REP4_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK2_REP4_PRODUCT, pixel, end, 0, 4, part);
        }
    }

    /**
     * block2.rep.6: max_pool2d, [16, 16, 128] to [8, 8, 128].
     *
     * <p>Computes block2.rep.6 (line 30 of the spec).
     */
    private void block2Rep6(Frame frame, int part, int parts) {
        kernels.maxPool3x3(frame, BLOCK2_REP6_POOLING, split(32, part, parts),
                split(32, part + 1, parts));
    }

    /**
     * block2.skip: conv2d, [16, 16, 64], [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block2.skip, block2.skipbn, block2.add (line 32 of the spec).
     */
    private void block2Skip(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_0_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // What the window sees at each pixel becomes a matrix row.
            kernels.patches(frame, BLOCK2_SKIP_PATCHES, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiplyAndAdd(frame, BLOCK2_SKIP_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block3.rep.1: separable_conv2d, [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block3.rep.0, block3.rep.1, block3.rep.2, block3.rep.3 (line 45 of the spec).
     */
    private void block3Rep1(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_51712_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3RectifiedBy4(frame, BLOCK3_REP1_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK3_REP1_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block3.rep.4: separable_conv2d, [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block3.rep.4, block3.rep.5, block3.rep.6 (line 45 of the spec).
     */
    private void block3Rep4(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_103424_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK3_REP4_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK3_REP4_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block3.rep.7: separable_conv2d, [8, 8, 128], [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block3.rep.7, block3.rep.8, block3.add (line 45 of the spec).
     */
    private void block3Rep7(Frame frame, int part, int parts) {
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK3_REP7_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiplyAndAdd(frame, BLOCK3_REP7_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block4.rep.1: separable_conv2d, [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block4.rep.0, block4.rep.1, block4.rep.2, block4.rep.3 (line 45 of the spec).
     */
    private void block4Rep1(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_51712_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3RectifiedBy4(frame, BLOCK4_REP1_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK4_REP1_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block4.rep.4: separable_conv2d, [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block4.rep.4, block4.rep.5, block4.rep.6 (line 45 of the spec).
     */
    private void block4Rep4(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_103424_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK4_REP4_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK4_REP4_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block4.rep.7: separable_conv2d, [8, 8, 128], [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block4.rep.7, block4.rep.8, block4.add (line 45 of the spec).
     */
    private void block4Rep7(Frame frame, int part, int parts) {
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK4_REP7_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiplyAndAdd(frame, BLOCK4_REP7_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block5.rep.1: separable_conv2d, [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block5.rep.0, block5.rep.1, block5.rep.2, block5.rep.3 (line 45 of the spec).
     */
    private void block5Rep1(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_51712_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3RectifiedBy4(frame, BLOCK5_REP1_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK5_REP1_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block5.rep.4: separable_conv2d, [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block5.rep.4, block5.rep.5, block5.rep.6 (line 45 of the spec).
     */
    private void block5Rep4(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_103424_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK5_REP4_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK5_REP4_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block5.rep.7: separable_conv2d, [8, 8, 128], [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block5.rep.7, block5.rep.8, block5.add (line 45 of the spec).
     */
    private void block5Rep7(Frame frame, int part, int parts) {
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK5_REP7_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiplyAndAdd(frame, BLOCK5_REP7_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block6.rep.1: separable_conv2d, [8, 8, 128] to [8, 8, 128].
     *
     * <p>Computes block6.rep.0, block6.rep.1, block6.rep.2, block6.rep.3 (line 25 of the spec).
     */
    private void block6Rep1(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_8X8X128_AT_51712_BORDER_1, split(4, part, parts),
                split(4, part + 1, parts));
        int firstPanel = split(4, part, parts);
        int lastPanel = split(4, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3RectifiedBy4(frame, BLOCK6_REP1_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK6_REP1_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block6.rep.4: separable_conv2d, [8, 8, 128] to [8, 8, 192].
     *
     * <p>Computes block6.rep.4, block6.rep.5 (line 28 of the spec).
     */
    private void block6Rep4(Frame frame, int part, int parts) {
        int firstPanel = split(6, part, parts);
        int lastPanel = split(6, part + 1, parts);
        for (int pixel = 0; pixel < 64; pixel += 78) {
            int end = Math.min(pixel + 78, 64);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, BLOCK6_REP4_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, BLOCK6_REP4_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * block6.rep.6: max_pool2d, [8, 8, 192] to [4, 4, 192].
     *
     * <p>Computes block6.rep.6 (line 30 of the spec).
     */
    private void block6Rep6(Frame frame, int part, int parts) {
        kernels.maxPool3x3(frame, BLOCK6_REP6_POOLING, split(24, part, parts),
                split(24, part + 1, parts));
    }

    /**
     * block6.skip: conv2d, [8, 8, 128], [4, 4, 192] to [4, 4, 192].
     *
     * <p>Computes block6.skip, block6.skipbn, block6.add (line 32 of the spec).
     */
    private void block6Skip(Frame frame, int part, int parts) {
        // Zero the border of what it yields.
        BorderKernel.CLEAR_BORDER.clearBlocks(frame, LAYOUT_4X4X192_AT_51712_BORDER_1, split(6, part, parts),
                split(6, part + 1, parts));
        int firstPanel = split(6, part, parts);
        int lastPanel = split(6, part + 1, parts);
        for (int pixel = 0; pixel < 16; pixel += 78) {
            int end = Math.min(pixel + 78, 16);
            // What the window sees at each pixel becomes a matrix row.
            kernels.patches(frame, BLOCK6_SKIP_PATCHES, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiplyAndAdd(frame, BLOCK6_SKIP_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * conv3: separable_conv2d, [4, 4, 192] to [4, 4, 256].
     *
     * <p>Computes conv3, bn3, relu3 (line 75 of the spec).
     */
    private void conv3(Frame frame, int part, int parts) {
        int firstPanel = split(8, part, parts);
        int lastPanel = split(8, part + 1, parts);
        for (int pixel = 0; pixel < 16; pixel += 78) {
            int end = Math.min(pixel + 78, 16);
            // The depthwise half of each pixel becomes a matrix row.
            kernels.depthwise3x3By4(frame, CONV3_DEPTHWISE, pixel, end, part);
            // Rows times weights, and what follows the sums.
            kernels.multiply(frame, CONV3_PRODUCT, pixel, end, firstPanel, lastPanel, part);
        }
    }

    /**
     * avg_pool: global_avg_pool2d, [4, 4, 256] to [256].
     *
     * <p>Computes avg_pool (line 78 of the spec).
     */
    private void avgPool(Frame frame, int part, int parts) {
        WindowKernel.AVG_WINDOW.reduceBlocks(frame, LAYOUT_4X4X256_AT_0, LAYOUT_OF_256_AT_17408,
                split(8, part, parts), split(8, part + 1, parts));
    }

    /**
     * fc: dense, [256] to [10].
     *
     * <p>Computes fc (line 79 of the spec).
     */
    private void fc(Frame frame, int part, int parts) {
        // The vector times this part's panels, and what follows the sums.
        kernels.dense(frame, LAYOUT_OF_256_AT_17408, FC_PRODUCT, split(1, part, parts),
                split(1, part + 1, parts), part);
    }

    /**
     * fc_activation: softmax, [10] to [10].
     *
     * <p>Computes fc_activation (line 79 of the spec).
     */
    private void fcActivation(Frame frame, int part, int parts) {
        SoftmaxKernel.SOFTMAX.normalise(frame, LAYOUT_OF_10_AT_0, LAYOUT_OF_10_AT_128,
                split(1, part, parts), split(1, part + 1, parts));
    }

    /**
     * output: output, [10] to [10].
     *
     * <p>Computes output (line 79 of the spec).
     */
    private void output(Frame frame, int part, int parts) {
        Copies.write(frame, LAYOUT_OF_10_AT_128, split(1, part, parts), split(1, part + 1, parts));
    }
}
