package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs a model once in a JVM of its own, with the vectors that the JVM prefers, and prints their width and the result's bits. */
final class WidthProbe {

    private WidthProbe() {}

    public static void main(String[] arguments) {
        try (CompiledModel model = CompiledModel.open(Path.of(arguments[0]))) {
            float[] image = new float[model.signature().inputLength()];
            for (int i = 0; i < image.length; i++) {
                image[i] = i % 17 / 8f - 1;
            }
            float[] result = model.run(image);
            int[] bits = new int[result.length];
            Arrays.setAll(bits, i -> Float.floatToRawIntBits(result[i]));
            System.out.println(model.vectorBits() + " " + Arrays.toString(bits));
        }
    }
}
