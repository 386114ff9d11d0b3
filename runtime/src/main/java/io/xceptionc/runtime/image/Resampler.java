package io.xceptionc.runtime.image;

import java.util.Arrays;

/**
 * Resizes the part of a picture that two axis filters select:
 * {@code rows -> [vertical outputs, horizontal outputs, channels]}, bytes, row-major.
 *
 * <p>The horizontal filter runs first and its result is rounded to bytes, then the vertical one, as in Pillow's
 * {@code ImagingResampleInner} ({@code src/libImaging/Resample.c}). Pillow 12.3 and later take the other order for
 * pictures more than 100 times as high as wide that become lower; there a level can differ.
 */
final class Resampler {
    private final RowSource source;
    private final AxisFilter vertical;
    private final AxisFilter horizontal;
    private final int channels;
    private final int rowBytes;

    private Resampler(RowSource source, AxisFilter vertical, AxisFilter horizontal) {
        this.source = source;
        this.vertical = vertical;
        this.horizontal = horizontal;
        this.channels = source.channels();
        this.rowBytes = horizontal.outputCount() * channels;
    }

    static byte[] resample(RowSource source, AxisFilter vertical, AxisFilter horizontal) {
        Resampler resampler = new Resampler(source, vertical, horizontal);
        return resampler.filterColumns(resampler.filterRows());
    }

    /** Returns the rows from {@code vertical.start()} to {@code vertical.end()}, filtered horizontally. */
    private byte[] filterRows() {
        byte[] row = new byte[source.width() * channels];
        byte[] filtered = new byte[(vertical.end() - vertical.start()) * rowBytes];
        int rowStart = 0;
        for (int y = vertical.start(); y < vertical.end(); y++) {
            source.read(y, row);
            if (channels == 3) {
                filterColourRow(row, filtered, rowStart);
            } else {
                filterGreyRow(row, filtered, rowStart);
            }
            rowStart += rowBytes;
        }
        return filtered;
    }

    /** Keeps a sum for each channel, so that each coefficient is loaded once. */
    private void filterColourRow(byte[] row, byte[] filtered, int rowStart) {
        int[] coefficients = horizontal.coefficients();
        for (int x = 0; x < horizontal.outputCount(); x++) {
            int red = AxisFilter.HALF;
            int green = AxisFilter.HALF;
            int blue = AxisFilter.HALF;
            int pixelStart = horizontal.firstTap(x) * 3;
            int coefficientStart = horizontal.coefficientStart(x);
            int coefficientEnd = coefficientStart + horizontal.tapCount(x);
            for (int i = coefficientStart; i < coefficientEnd; i++) {
                red += Byte.toUnsignedInt(row[pixelStart]) * coefficients[i];
                green += Byte.toUnsignedInt(row[pixelStart + 1]) * coefficients[i];
                blue += Byte.toUnsignedInt(row[pixelStart + 2]) * coefficients[i];
                pixelStart += 3;
            }
            filtered[rowStart + 3 * x] = AxisFilter.toByte(red);
            filtered[rowStart + 3 * x + 1] = AxisFilter.toByte(green);
            filtered[rowStart + 3 * x + 2] = AxisFilter.toByte(blue);
        }
    }

    private void filterGreyRow(byte[] row, byte[] filtered, int rowStart) {
        int[] coefficients = horizontal.coefficients();
        for (int x = 0; x < horizontal.outputCount(); x++) {
            int sum = AxisFilter.HALF;
            int pixel = horizontal.firstTap(x);
            int coefficientStart = horizontal.coefficientStart(x);
            int coefficientEnd = coefficientStart + horizontal.tapCount(x);
            for (int i = coefficientStart; i < coefficientEnd; i++) {
                sum += Byte.toUnsignedInt(row[pixel]) * coefficients[i];
                pixel++;
            }
            filtered[rowStart + x] = AxisFilter.toByte(sum);
        }
    }

    private byte[] filterColumns(byte[] rows) {
        byte[] filtered = new byte[vertical.outputCount() * rowBytes];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < vertical.outputCount(); y++) {
            sumRows(rows, y, sums);
            for (int i = 0; i < rowBytes; i++) {
                filtered[y * rowBytes + i] = AxisFilter.toByte(sums[i]);
            }
        }
        return filtered;
    }

    private void sumRows(byte[] rows, int outputY, int[] sums) {
        Arrays.fill(sums, AxisFilter.HALF);
        int firstRow = vertical.firstTap(outputY) - vertical.start();
        for (int tap = 0; tap < vertical.tapCount(outputY); tap++) {
            int coefficient = vertical.coefficients()[vertical.coefficientStart(outputY) + tap];
            int rowStart = (firstRow + tap) * rowBytes;
            for (int i = 0; i < rowBytes; i++) {
                sums[i] += Byte.toUnsignedInt(rows[rowStart + i]) * coefficient;
            }
        }
    }
}
