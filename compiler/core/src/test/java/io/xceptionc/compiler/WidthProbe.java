package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.OpenOptions;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs a model once in a JVM of its own, with vectors of each of the given widths, 0 for what the JVM prefers, and
 * prints their width and the result's bits; or why it was refused.
 */
final class WidthProbe {

    private WidthProbe() {}

    public static void main(String[] arguments) {
        for (String bits : Arrays.asList(arguments).subList(1, arguments.length)) {
            OpenOptions options = OpenOptions.DEFAULT.withVectorBits(Integer.parseInt(bits));
            run(Path.of(arguments[0]), Boolean.getBoolean("strict") ? options.withStrictness() : options);
        }
    }

    private static void run(Path jar, OpenOptions options) {
        try (CompiledModel model = CompiledModel.open(jar, options)) {
            float[] image = new float[model.signature().inputLength()];
            for (int i = 0; i < image.length; i++) {
                image[i] = i % 17 / 8f - 1;
            }
            float[] result = model.run(image);
            int[] bits = new int[result.length];
            Arrays.setAll(bits, i -> Float.floatToRawIntBits(result[i]));
            System.out.println(model.vectorBits() + " " + Arrays.toString(bits));
        } catch (ModelException refused) {
            System.out.println("refused: " + refused.getMessage());
        }
    }
}
