package io.xceptionc.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.SpecWithWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs written by hand, bound to the weights that Keras 3.15 or PyTorch 2.15 saved, each with an array that the tool
 * took, {@code x.npy} if it has one of its own, and its answers, {@code y.npy}, {@code y1.npy}.
 */
class RealWeightsTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/xceptionc/compiler/weights/real");

    private static final Path SHARED_IMAGE = FOLDER.resolve("x-of-most-torch-networks.npy");

    static List<Path> networks() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @TempDir
    private Path temporary;

    @Test
    void thereAreNetworks() throws IOException {
        assertTrue(networks().size() >= 20, () -> "few networks in " + FOLDER.toAbsolutePath());
    }

    /** But for one that does nothing, and one that is a clip and is read as such. */
    @Test
    void everyOperatorStandsInOne() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path folder : networks()) {
            text.append(Files.readString(folder.resolve("spec.yaml")));
        }
        assertEquals(List.of("hard_tanh", "dropout"),
                Operators.words().stream()
                        .filter(word -> !Pattern.compile("\\b" + word + "\\b").matcher(text).find()).toList());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void answersAsTheToolDoes(Path folder) throws Exception {
        try (TensorSource weights = FileFormat.open(weights(folder))) {
            Graph graph = SpecWithWeights.network("spec.yaml", Files.readString(folder.resolve("spec.yaml")), weights)
                    .graph();
            Path image = Files.exists(folder.resolve("x.npy")) ? folder.resolve("x.npy") : SHARED_IMAGE;
            List<double[]> results = List.copyOf(ReferenceInterpreter.outputs(graph, floats(image)).values());
            for (int output = 0; output < graph.outputs().size(); output++) {
                Comparison.assertClose(graph.outputs().get(output).type(), results.get(output),
                        floats(folder.resolve("y" + (output == 0 ? "" : output) + ".npy")));
            }
            Differential.assertComputes(graph);
        }
    }

    /** The file that the tool saved; the larger ones lie here compressed. */
    private Path weights(Path folder) throws IOException {
        Path compressed = folder.resolve("model.h5.gz");
        if (!Files.exists(compressed)) {
            return Stream.of("state.pth", "model.h5", "model.keras").map(folder::resolve).filter(Files::exists)
                    .findFirst().orElseThrow();
        }
        Path file = temporary.resolve("model.h5");
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(compressed))) {
            Files.copy(bytes, file);
        }
        return file;
    }

    private static float[] floats(Path array) throws Exception {
        try (NpyFile file = NpyFile.open(array)) {
            return file.elements(file.shape().stream().reduce(1, Math::multiplyExact));
        }
    }
}
