package io.xceptionc.examples;

import java.util.Arrays;
import java.util.Map;

/**
 * What a layer yields over a whole batch, in the order batch, height, width, channels.
 *
 * @param layer its name
 * @param height rows, 1 for a vector
 * @param width columns, 1 for a vector
 * @param channels channels
 * @param mean the mean
 * @param meanAbsolute the mean magnitude
 * @param maxAbsolute the greatest magnitude
 * @param deviation the standard deviation
 * @param first the first element
 * @param middle the element at half the count
 * @param last the last element
 */
record LayerStatistics(
        String layer,
        int height,
        int width,
        int channels,
        double mean,
        double meanAbsolute,
        double maxAbsolute,
        double deviation,
        double first,
        double middle,
        double last) {

    /** That of a row of {@code <golden>-layers.csv}. */
    static LayerStatistics of(Map<String, String> row) {
        return new LayerStatistics(row.get("layer"), Integer.parseInt(row.get("height")),
                Integer.parseInt(row.get("width")), Integer.parseInt(row.get("channels")), number(row, "mean"),
                number(row, "mean_absolute"), number(row, "max_absolute"), number(row, "deviation"),
                number(row, "first"), number(row, "middle"), number(row, "last"));
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    /** That of elements. */
    static LayerStatistics of(String layer, int height, int width, int channels, double[] elements) {
        double mean = Arrays.stream(elements).average().orElseThrow();
        double variance = Arrays.stream(elements).map(element -> (element - mean) * (element - mean)).average()
                .orElseThrow();
        return new LayerStatistics(layer, height, width, channels, mean,
                Arrays.stream(elements).map(Math::abs).average().orElseThrow(),
                Arrays.stream(elements).map(Math::abs).max().orElseThrow(), Math.sqrt(variance), elements[0],
                elements[elements.length / 2], elements[elements.length - 1]);
    }

    /** {@code layer [height, width, channels]}. */
    String shape() {
        return "%s [%d, %d, %d]".formatted(layer, height, width, channels);
    }

    /** The greatest difference of any number from another's, as a part of this one's greatest magnitude. */
    double differenceFrom(LayerStatistics other) {
        double[] differences = {mean - other.mean, meanAbsolute - other.meanAbsolute, maxAbsolute - other.maxAbsolute,
            deviation - other.deviation, first - other.first, middle - other.middle, last - other.last};
        return Arrays.stream(differences).map(Math::abs).max().orElseThrow() / maxAbsolute;
    }
}
