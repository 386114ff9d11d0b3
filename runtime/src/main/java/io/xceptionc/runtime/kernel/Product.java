package io.xceptionc.runtime.kernel;

/**
 * The second half of every convolution: rows of a left factor, one for each pixel, times panels of weights, {@code
 * output = activation(rows * panels + bias + residual)}. Clamps, {@code min(max(x, floor), ceiling)}, share kernels; of
 * another function, which its kernels know, this has the parameter.
 */
public final class Product {

    /** The columns of a strip, of which a panel has two. */
    public static final int STRIP_COLUMNS = 16;

    /** The bytes of a page of memory. */
    public static final int PAGE_BYTES = 4096;

    private final long panels;
    private final long bias;
    private final int depth;
    private final int firstPanel;
    private final ImageLayout output;
    private final PixelOffsets outputPixels;
    private final ImageLayout residual;
    private final PixelOffsets residualPixels;
    private final float floor;
    private final float ceiling;
    private final float parameter;

    /**
     * A product with a clamp.
     *
     * @param panels where in the constants the weights begin: {@code [panel][strip][depth][16 columns]}
     * @param bias where in the constants the bias begins: {@code [panel][32]}
     * @param depth the columns of the left factor
     * @param firstPanel the panel that yields the output's first block; only for groups not 0
     * @param output where the result goes; one panel yields one block
     * @param residual what is added; null if nothing is
     * @param floor the least value of the result
     * @param ceiling the greatest value of the result
     */
    public Product(long panels, long bias, int depth, int firstPanel, ImageLayout output,
            ImageLayout residual, float floor, float ceiling) {
        this(panels, bias, depth, firstPanel, output, residual, floor, ceiling, 0);
    }

    /**
     * A product with another function.
     *
     * @param panels where in the constants the weights begin: {@code [panel][strip][depth][16 columns]}
     * @param bias where in the constants the bias begins: {@code [panel][32]}
     * @param depth the columns of the left factor
     * @param firstPanel the panel that yields the output's first block; only for groups not 0
     * @param output where the result goes; one panel yields one block
     * @param residual what is added; null if nothing is
     * @param parameter of the function that comes last
     */
    public Product(long panels, long bias, int depth, int firstPanel, ImageLayout output,
            ImageLayout residual, float parameter) {
        this(panels, bias, depth, firstPanel, output, residual, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY,
                parameter);
    }

    private Product(long panels, long bias, int depth, int firstPanel, ImageLayout output, ImageLayout residual,
            float floor, float ceiling, float parameter) {
        this.panels = panels;
        this.bias = bias;
        this.depth = depth;
        this.firstPanel = firstPanel;
        this.output = output;
        this.residual = residual;
        this.floor = floor;
        this.ceiling = ceiling;
        this.parameter = parameter;
        outputPixels = PixelOffsets.ofRows(output);
        residualPixels = residual == null ? outputPixels : PixelOffsets.ofRows(residual);
    }

    /** The product of one block, of those of a convolution with groups. */
    private Product(Product all, long panels, int depth, int block) {
        this.panels = panels;
        bias = all.bias(block);
        this.depth = depth;
        firstPanel = block;
        output = all.output;
        residual = all.residual;
        floor = all.floor;
        ceiling = all.ceiling;
        parameter = all.parameter;
        outputPixels = all.outputPixels;
        residualPixels = all.residualPixels;
    }

    /**
     * The products of the blocks of a convolution with groups, one panel each, of which this says what is common to
     * them: the weights of each begin where those of the one before end.
     *
     * @param taps the taps of the kernel, each of which is that many times as deep as a block sees channels
     */
    public Product[] ofBlocks(ChannelGroups groups, int taps) {
        Product[] blocks = new Product[groups.blockCount()];
        long next = panels;
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = new Product(this, next, taps * groups.channelCount(block), block);
            next += 2 * blocks[block].stripBytes();
        }
        return blocks;
    }

    /** The bytes of a strip. */
    public long stripBytes() {
        return (long) depth * STRIP_COLUMNS * Float.BYTES;
    }

    /** The output's block that a panel yields. */
    int block(int panel) {
        return firstPanel + panel;
    }

    /** Where in the constants the weights of a panel begin. */
    public long weights(int panel) {
        return panels + 2L * panel * stripBytes();
    }

    /** How many pages the weights of some panels take. */
    public int pages(int count) {
        return (int) (2L * count * stripBytes() / PAGE_BYTES);
    }

    /** Where in the constants the bias of a panel begins. */
    public long bias(int panel) {
        return bias + panel * ImageLayout.PIXEL_BYTES;
    }

    /** The columns of the left factor. */
    public int depth() {
        return depth;
    }

    /** Where the result of a panel goes: its first pixel. */
    public long output(int panel) {
        return output.origin(block(panel));
    }

    /** From there to each pixel. */
    public int[] outputPixels() {
        return outputPixels.array();
    }

    /** What is added to the result of a panel: its first pixel. */
    public long residual(int panel) {
        return residual.origin(block(panel));
    }

    /** From there to each pixel. */
    public int[] residualPixels() {
        return residualPixels.array();
    }

    /** The least value of the result. */
    public float floor() {
        return floor;
    }

    /** The greatest value of the result. */
    public float ceiling() {
        return ceiling;
    }

    /** Of a function that is no clamp, its parameter. */
    public float parameter() {
        return parameter;
    }
}
