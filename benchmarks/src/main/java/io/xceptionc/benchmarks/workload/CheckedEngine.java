package io.xceptionc.benchmarks.workload;

import io.xceptionc.benchmarks.engine.Agreement;
import io.xceptionc.benchmarks.engine.Engine;
import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.engine.ImageBatch;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** An engine whose result was held against the reference interpreter, so that nothing wrong can be timed. */
public final class CheckedEngine {

    private CheckedEngine() {}

    /**
     * Loads a workload and runs it once.
     *
     * @throws IllegalStateException if the first or the last image's result is not what the reference interpreter gives
     */
    public static Engine load(Workload workload, EngineKind kind, OpenOptions options)
            throws IOException, InvalidInputException {
        Path model = Files.createTempFile("xceptionc-benchmark", "." + kind.suffix());
        try {
            workload.write(kind, model);
            ImageBatch images = workload.images();
            Engine engine = kind.load(model, kind.channelsLast() ? images : images.channelsFirst(), options);
            engine.run();
            check(engine.result(), workload.network().graph(), images, kind);
            return engine;
        } finally {
            // All engines have read the model by now.
            Files.delete(model);
        }
    }

    private static void check(float[] results, Graph graph, ImageBatch images, EngineKind kind) {
        int length = results.length / images.batch();
        for (int image : images.batch() == 1 ? new int[] {0} : new int[] {0, images.batch() - 1}) {
            float[] expected = expected(graph, images, image, kind);
            double error =
                    Agreement.error(expected, Arrays.copyOfRange(results, image * length, (image + 1) * length));
            if (error > Agreement.TOLERANCE) {
                throw new IllegalStateException(
                        "%s is wrong by %.2g of the scale: not worth timing".formatted(kind.title(), error));
            }
        }
    }

    /** What the reference gives for an image, in the engine's order. */
    private static float[] expected(Graph graph, ImageBatch images, int image, EngineKind kind) {
        float[] pixels = new float[images.values().remaining() / images.batch()];
        images.values().get(image * pixels.length, pixels);
        double[] reference = ReferenceInterpreter.output(graph, pixels);
        float[] values = new float[reference.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) reference[i];
        }
        TensorType type = graph.output().type();
        ImageBatch result =
                new ImageBatch(1, type.channels(), type.height(), type.width(), FloatBuffer.wrap(values));
        return kind.channelsLast() ? values : result.channelsFirst().values().array();
    }
}
