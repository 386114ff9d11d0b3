package io.xceptionc.runtime.kernel.shared;

/**
 * Where along one axis the results of a resize come from: for each, two neighbours and the weight of the second. A
 * class, not a record, as kernels read its arrays and nobody may write to them.
 */
public final class Resampling {

    /** Where in the image the middle of a result's pixel is. */
    public enum Rule {
        /** Pixels have their middle half a pixel from their edge. */
        HALF_PIXEL,
        /** The first and the last pixel's middles are those of the image's. */
        ALIGN_CORNERS,
        /** Pixels begin where those of the image do. */
        ASYMMETRIC
    }

    /** Which pixel is the nearest. */
    public enum Rounding {
        /** The one before. */
        FLOOR,
        /** The one after. */
        CEIL,
        /** The nearest, of two the one before. */
        HALF_DOWN,
        /** The nearest, of two the one after. */
        HALF_UP
    }

    private final int[] first;
    private final int[] second;
    private final float[] weights;

    private Resampling(int size) {
        first = new int[size];
        second = new int[size];
        weights = new float[size];
    }

    /**
     * Between the two pixels beside the place, in proportion; at the edges the outermost pixel.
     *
     * @param inputSize pixels of the image along the axis
     * @param size pixels of the result
     * @param scale pixels of the result for each of the image, {@code size / inputSize} if the sizes alone decide it
     */
    public static Resampling linear(Rule rule, int inputSize, int size, double scale) {
        Resampling resampling = new Resampling(size);
        for (int i = 0; i < size; i++) {
            double place = Math.clamp(place(rule, i, inputSize, size, scale), 0.0, inputSize - 1.0);
            resampling.first[i] = (int) place;
            resampling.second[i] = Math.min(inputSize - 1, (int) place + 1);
            resampling.weights[i] = (float) (place - (int) place);
        }
        return resampling;
    }

    /** The pixel nearest to the place, as {@link #linear}. */
    public static Resampling nearest(Rule rule, Rounding rounding, int inputSize, int size, double scale) {
        Resampling resampling = new Resampling(size);
        for (int i = 0; i < size; i++) {
            double place = place(rule, i, inputSize, size, scale);
            double rounded = switch (rounding) {
                case FLOOR -> Math.floor(place);
                case CEIL -> Math.ceil(place);
                case HALF_DOWN -> Math.ceil(place - 0.5);
                case HALF_UP -> Math.floor(place + 0.5);
            };
            resampling.first[i] = (int) Math.clamp(rounded, 0.0, inputSize - 1.0);
            resampling.second[i] = resampling.first[i];
        }
        return resampling;
    }

    private static double place(Rule rule, int index, int inputSize, int size, double scale) {
        return switch (rule) {
            case HALF_PIXEL -> (index + 0.5) / scale - 0.5;
            case ALIGN_CORNERS -> size == 1 ? 0 : index * (inputSize - 1.0) / (size - 1.0);
            case ASYMMETRIC -> index / scale;
        };
    }

    /** For each result the neighbour before, or the only one. */
    int[] first() {
        return first;
    }

    /** For each result the neighbour after. */
    int[] second() {
        return second;
    }

    /** For each result the weight of the neighbour after. */
    float[] weights() {
        return weights;
    }
}
