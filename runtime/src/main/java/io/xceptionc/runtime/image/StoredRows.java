package io.xceptionc.runtime.image;

import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;

/**
 * The colours of a picture that stores red, green, blue or grey as unsigned numbers of up to 16 bits, with or without
 * alpha.
 *
 * <p>Of more than 8 bits the upper 8 count; fewer are stretched to 0..255. The samples are taken from the raster and
 * not from {@code BufferedImage.getRGB}, which takes grey for linear light and brightens it.
 */
final class StoredRows implements RowSource {
    private final Raster raster;
    private final int bandCount;
    private final boolean grey;
    private final boolean premultiplied;
    private final int[] bitCounts;
    private final int[] samples;

    StoredRows(Raster raster, ColorModel model) {
        this.raster = raster;
        this.bandCount = raster.getNumBands();
        this.grey = model.getNumColorComponents() == 1;
        this.premultiplied = model.hasAlpha() && model.isAlphaPremultiplied();
        this.bitCounts = model.getComponentSize();
        this.samples = new int[raster.getWidth() * bandCount];
    }

    /** Tells whether pictures of this colour model can be read. */
    static boolean accepts(ColorModel model) {
        if (!(model instanceof DirectColorModel) && !(model instanceof ComponentColorModel)) {
            return false;
        }
        for (int bitCount : model.getComponentSize()) {
            if (bitCount < 1 || bitCount > 16) {
                return false;
            }
        }
        int colourSpaceType = model.getColorSpace().getType();
        return model.getTransferType() != DataBuffer.TYPE_SHORT
                && (colourSpaceType == ColorSpace.TYPE_RGB || colourSpaceType == ColorSpace.TYPE_GRAY);
    }

    @Override
    public int width() {
        return raster.getWidth();
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public void read(int rowIndex, byte[] levels) {
        raster.getPixels(0, rowIndex, width(), 1, samples);
        if (premultiplied) {
            divideByAlpha();
        }
        int target = 0;
        for (int pixelStart = 0; pixelStart < samples.length; pixelStart += bandCount) {
            for (int channel = 0; channel < 3; channel++) {
                int band = grey ? 0 : channel;
                levels[target++] = (byte) level(samples[pixelStart + band], bitCounts[band]);
            }
        }
    }

    private void divideByAlpha() {
        int alphaBand = bandCount - 1;
        long opaque = (1L << bitCounts[alphaBand]) - 1;
        for (int pixelStart = 0; pixelStart < samples.length; pixelStart += bandCount) {
            int alpha = samples[pixelStart + alphaBand];
            for (int band = 0; band < alphaBand; band++) {
                int maximum = (1 << bitCounts[band]) - 1;
                long product = samples[pixelStart + band] * opaque;
                samples[pixelStart + band] = alpha == 0 ? 0 : (int) Math.min((product + alpha / 2) / alpha, maximum);
            }
        }
    }

    private static int level(int sample, int bitCount) {
        if (bitCount >= 8) {
            return sample >> (bitCount - 8);
        }
        int maximum = (1 << bitCount) - 1;
        return (sample * 255 + maximum / 2) / maximum;
    }
}
