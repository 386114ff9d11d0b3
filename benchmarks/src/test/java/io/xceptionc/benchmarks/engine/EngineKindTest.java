package io.xceptionc.benchmarks.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.benchmarks.workload.Workload;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.runtime.OpenOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each engine gives what the reference interpreter gives, for each image of a batch. */
class EngineKindTest {

    private static final int LABELS = 10;
    private static final Path SPEC = Path.of("../generated-examples/models/xception-shapes.yaml");

    @TempDir
    private Path folder;

    static Set<EngineKind> available() {
        return EngineKind.available();
    }

    @ParameterizedTest
    @MethodSource("available")
    void givesWhatTheReferenceGives(EngineKind kind) throws Exception {
        Workload workload = Workload.of("shapes", SPEC).withInput(71, 95).withBatch(2);
        Path model = folder.resolve("model." + kind.suffix());
        workload.write(kind, model);
        ImageBatch images = workload.images();
        float[] result;
        try (Engine engine = kind.load(model, kind.channelsLast() ? images : images.channelsFirst(),
                OpenOptions.DEFAULT.withThreads(2))) {
            engine.run();
            engine.run();
            result = engine.result();
        }
        assertEquals(2 * LABELS, result.length);
        assertArrayEquals(expected(workload, images, 0), Arrays.copyOf(result, LABELS), 1e-5f);
        assertArrayEquals(expected(workload, images, 1), Arrays.copyOfRange(result, LABELS, 2 * LABELS), 1e-5f);
    }

    private static float[] expected(Workload workload, ImageBatch images, int image) throws Exception {
        float[] pixels = new float[images.values().remaining() / images.batch()];
        images.values().get(image * pixels.length, pixels);
        double[] result = ReferenceInterpreter.output(workload.network().graph(), pixels);
        float[] expected = new float[result.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) result[i];
        }
        return expected;
    }
}
