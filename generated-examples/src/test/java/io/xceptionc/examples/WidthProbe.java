package io.xceptionc.examples;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs a model with vectors of one width and several numbers of threads, in a JVM of its own, as a process keeps to one
 * width: {@code JAR INPUT WIDTH THREADS...}. Prints a number that tells the results' bits for each of the runs.
 */
final class WidthProbe {

    private WidthProbe() {}

    public static void main(String[] arguments) throws IOException {
        FloatBuffer input = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[1]))).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        float[] images = new float[input.remaining()];
        input.get(images);
        OpenOptions width = OpenOptions.DEFAULT.withVectorBits(Integer.parseInt(arguments[2]));
        for (String threads : Arrays.asList(arguments).subList(3, arguments.length)) {
            try (CompiledModel model =
                    CompiledModel.open(Path.of(arguments[0]), width.withThreads(Integer.parseInt(threads)))) {
                System.out.printf("%d bits, %d threads: %08x%n", model.vectorBits(), model.threads(),
                        Arrays.hashCode(model.run(images)));
            }
        }
    }
}
