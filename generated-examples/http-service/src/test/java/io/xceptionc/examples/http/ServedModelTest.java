package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of any number of images go through models of any batch. */
class ServedModelTest {

    private static final Path MODELS = Path.of("..", "models");
    private static final int BATCH = 3;

    @Test
    void splitsImagesIntoRunsAndFillsTheLast(@TempDir Path folder) throws IOException, InvalidInputException {
        Path jar = folder.resolve("batch.jar");
        Compiler.compile(CompilerOptions.of(MODELS.resolve("xception-shapes.yaml"))
                .withWeights(MODELS.resolve("xception-shapes.safetensors")).withBatch(BATCH), jar, _ -> {
                });
        try (CompiledModel single = Shapes.open();
                ServedModel batched = new ServedModel(CompiledModel.open(jar));
                RunQueue queue = new RunQueue(1, 0, Duration.ofMinutes(5));
                RunQueue.Place place = queue.enter()) {
            assertEquals(BATCH, batched.signature().batch());
            float[] images = new float[7 * Shapes.VALUES];
            float[] expected = new float[7 * Shapes.LABELS.size()];
            for (int i = 0; i < 7; i++) {
                float[] image = Shapes.image(Shapes.LABELS.get(i), single);
                System.arraycopy(image, 0, images, i * Shapes.VALUES, Shapes.VALUES);
                System.arraycopy(single.run(image), 0, expected, i * Shapes.LABELS.size(), Shapes.LABELS.size());
            }
            assertArrayEquals(expected, batched.run(images, batched.signature().outputs(), place).get("output"));
            float[] first = Arrays.copyOf(images, Shapes.VALUES);
            assertArrayEquals(Arrays.copyOf(expected, Shapes.LABELS.size()),
                    batched.run(first, batched.signature().outputs(), place).get("output"));
        }
    }
}
