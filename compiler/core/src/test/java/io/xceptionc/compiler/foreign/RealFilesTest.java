package io.xceptionc.compiler.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small networks that Keras 3.15, tf2onnx 1.17 and both exporters of PyTorch 2.15 wrote, each with an array that the
 * tool took, {@code x.npy}, and its answer, {@code y.npy}, {@code y1.npy} and so on.
 */
class RealFilesTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/xceptionc/compiler/foreign/real");

    /** The tools compute in single precision. */
    private static final double TOLERANCE = 1e-5;

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(npy|bin|weights\\.h5)"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreFiles() throws IOException {
        assertTrue(models().size() > 20, () -> "few files in " + FOLDER.toAbsolutePath());
    }

    @ParameterizedTest
    @MethodSource("models")
    void answersAsTheToolDoes(Path model) throws Exception {
        ForeignNetwork network = ForeignFormat.read(model, "m", Optional.empty());
        List<double[]> results =
                List.copyOf(ReferenceInterpreter.outputs(network.graph(), scaled(network, model)).values());
        for (int output = 0; output < results.size(); output++) {
            assertClose(doubles(array(answer(model, output))), results.get(output), "output " + output);
        }
        assertFalse(Files.exists(answer(model, results.size())), "the tool yields more");
    }

    private static Path answer(Path model, int output) {
        return model.resolveSibling(output == 0 ? "y.npy" : "y" + output + ".npy");
    }

    private static void assertClose(double[] expected, double[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], TOLERANCE * scale, what + ", element " + i);
        }
    }

    /** The array as the file's own scaling leaves it. */
    private static float[] scaled(ForeignNetwork network, Path model) throws Exception {
        Graph graph = network.graph();
        float[] image = array(model.resolveSibling("x.npy"));
        assertEquals(graph.input().type().elementCount(), image.length);
        List<Linear> channels = network.scaling().channels();
        for (int i = 0; i < image.length && !channels.isEmpty(); i++) {
            Linear channel = channels.get(i % channels.size());
            image[i] = (float) (image[i] * channel.scale() + channel.offset());
        }
        return image;
    }

    private static float[] array(Path file) throws Exception {
        try (NpyFile array = NpyFile.open(file)) {
            return array.elements(array.shape().stream().reduce(1, Math::multiplyExact));
        }
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
