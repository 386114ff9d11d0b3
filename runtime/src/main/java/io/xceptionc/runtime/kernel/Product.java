package io.xceptionc.runtime.kernel;

/**
 * The second half of every convolution: rows of a left factor, one for each pixel, times panels of weights,
 * {@code output = min(max(rows * panels + bias + residual, floor), ceiling)}.
 *
 * @param panels where in the constants the weights begin: {@code [panel][depth][32 columns]}
 * @param bias where in the constants the bias begins: {@code [panel][32]}
 * @param depth the columns of the left factor
 * @param firstPanel the panel that yields the output's first block; only for groups not 0
 * @param panelCount how many panels
 * @param output where the result goes; one panel yields one block
 * @param residual what is added; null if nothing is
 * @param floor the least value of the result
 * @param ceiling the greatest value of the result
 */
public record Product(
        long panels,
        long bias,
        int depth,
        int firstPanel,
        int panelCount,
        ImageLayout output,
        ImageLayout residual,
        float floor,
        float ceiling) {}
