package io.xceptionc.runtime.image;

import java.util.function.DoubleUnaryOperator;

/**
 * The weighted sums that resize one axis: output {@code i} is the sum of {@code tapCount(i)} neighbouring pixels from
 * {@code firstTap(i)}, weighted by the coefficients from {@code coefficientStart(i)}.
 *
 * <p>Coefficients are fixed-point numbers with {@value #PRECISION_BITS} fraction bits; those of one output sum to about
 * one, so the sums of bytes stay within an int. Source: Pillow, {@code src/libImaging/Resample.c},
 * {@code precompute_coeffs} and {@code normalize_coeffs_8bpc}; for {@link Interpolation#NEAREST},
 * {@code src/libImaging/Geometry.c}, {@code ImagingScaleAffine}; for {@link Interpolation#PLAIN_BILINEAR}, OpenCV's
 * documentation of {@code resize}. The order of the floating-point operations is theirs,
 * because it decides about ties.
 */
final class AxisFilter {
    /** Eight bits for the pixel, and two for sums below 0 and above 255. */
    private static final int PRECISION_BITS = 32 - 8 - 2;

    private static final int ONE = 1 << PRECISION_BITS;

    /** What every sum starts with, so that dropping the fraction bits rounds half up. */
    static final int HALF = ONE / 2;

    private static final double CUBIC_SHARPNESS = -0.5;

    private final int[] firstTaps;
    private final int[] tapCounts;
    private final int tapStride;
    private final int[] coefficients;

    private AxisFilter(int outputCount, int tapStride) {
        this.firstTaps = new int[outputCount];
        this.tapCounts = new int[outputCount];
        this.tapStride = tapStride;
        this.coefficients = new int[outputCount * tapStride];
    }

    static AxisFilter of(AxisPlacement axis, Interpolation interpolation) {
        return switch (interpolation) {
            case NEAREST -> nearest(axis);
            case BILINEAR -> convolution(axis, 1, AxisFilter::triangle);
            case PLAIN_BILINEAR -> plainBilinear(axis);
            case BICUBIC -> convolution(axis, 2, AxisFilter::cubic);
        };
    }

    int outputCount() {
        return firstTaps.length;
    }

    int firstTap(int output) {
        return firstTaps[output];
    }

    int tapCount(int output) {
        return tapCounts[output];
    }

    int coefficientStart(int output) {
        return output * tapStride;
    }

    /** Returns the coefficients themselves, for the loops; callers leave them as they are. */
    int[] coefficients() {
        return coefficients;
    }

    /** Returns the first pixel that any output uses. */
    int start() {
        return firstTaps[0];
    }

    /** Returns the pixel after the last one that any output uses. */
    int end() {
        int last = outputCount() - 1;
        return firstTaps[last] + tapCounts[last];
    }

    /** Returns the byte of a sum: rounded, and limited to 0..255. */
    static byte toByte(int sum) {
        return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
    }

    private static AxisFilter nearest(AxisPlacement axis) {
        double scale = (double) axis.sourceSize() / axis.resizedSize();
        double position = scale * 0.5;
        for (int i = 0; i < axis.windowStart(); i++) {
            position += scale;
        }
        AxisFilter filter = new AxisFilter(axis.windowSize(), 1);
        for (int i = 0; i < axis.windowSize(); i++) {
            filter.firstTaps[i] = Math.min((int) position, axis.sourceSize() - 1);
            filter.tapCounts[i] = 1;
            filter.coefficients[i] = ONE;
            position += scale;
        }
        return filter;
    }

    /** The two pixels around the centre of each, however much the axis shrinks; at the ends, the outermost one. */
    private static AxisFilter plainBilinear(AxisPlacement axis) {
        double scale = (double) axis.sourceSize() / axis.resizedSize();
        int last = axis.sourceSize() - 1;
        AxisFilter filter = new AxisFilter(axis.windowSize(), 2);
        for (int i = 0; i < axis.windowSize(); i++) {
            double centre = Math.clamp((axis.windowStart() + i + 0.5) * scale - 0.5, 0, last);
            int first = (int) centre;
            int second = (int) Math.round((centre - first) * ONE);
            filter.firstTaps[i] = first;
            filter.tapCounts[i] = first == last ? 1 : 2;
            filter.coefficients[2 * i] = ONE - second;
            filter.coefficients[2 * i + 1] = second;
        }
        return filter;
    }

    private static AxisFilter convolution(AxisPlacement axis, double radius, DoubleUnaryOperator kernel) {
        double scale = (double) axis.sourceSize() / axis.resizedSize();
        double kernelScale = Math.max(scale, 1);
        double inverseKernelScale = 1 / kernelScale;
        double support = radius * kernelScale;
        AxisFilter filter = new AxisFilter(axis.windowSize(), (int) Math.ceil(support) * 2 + 1);
        double[] weights = new double[filter.tapStride];
        for (int i = 0; i < axis.windowSize(); i++) {
            double centre = (axis.windowStart() + i + 0.5) * scale;
            int first = Math.max((int) (centre - support + 0.5), 0);
            int count = Math.min((int) (centre + support + 0.5), axis.sourceSize()) - first;
            for (int tap = 0; tap < count; tap++) {
                weights[tap] = kernel.applyAsDouble((tap + first - centre + 0.5) * inverseKernelScale);
            }
            filter.firstTaps[i] = first;
            filter.tapCounts[i] = count;
            storeNormalised(weights, count, filter.coefficients, filter.coefficientStart(i));
        }
        return filter;
    }

    private static void storeNormalised(double[] weights, int count, int[] coefficients, int start) {
        double sum = 0;
        for (int tap = 0; tap < count; tap++) {
            sum += weights[tap];
        }
        for (int tap = 0; tap < count; tap++) {
            double coefficient = weights[tap] / sum * ONE;
            coefficients[start + tap] = (int) (coefficient < 0 ? coefficient - 0.5 : coefficient + 0.5);
        }
    }

    private static double triangle(double distance) {
        return Math.max(1 - Math.abs(distance), 0);
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        double a = CUBIC_SHARPNESS;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
}
