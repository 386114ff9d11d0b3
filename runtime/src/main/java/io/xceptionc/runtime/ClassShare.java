package io.xceptionc.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of an image is of a class.
 *
 * @param index the class's number
 * @param label its name, its number where the model names none
 * @param share of all pixels of which the model says something, above 0, at most 1
 */
public record ClassShare(int index, String label, double share) {

    /**
     * The shares of the classes that there are, the largest first, of equal ones the first class.
     *
     * @param pixels how many are of each class
     */
    static List<ClassShare> of(long[] pixels, ModelOutput output) {
        long all = 0;
        for (long count : pixels) {
            all += count;
        }
        List<ClassShare> shares = new ArrayList<>();
        for (int index = 0; index < pixels.length; index++) {
            if (pixels[index] > 0) {
                shares.add(new ClassShare(index, output.classLabel(index), (double) pixels[index] / all));
            }
        }
        shares.sort(Comparator.comparingDouble(ClassShare::share).reversed());
        return List.copyOf(shares);
    }
}
