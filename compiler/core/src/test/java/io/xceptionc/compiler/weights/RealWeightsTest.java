package io.xceptionc.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.SpecWithWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs written by hand, bound to the weights that Keras 3.15 or PyTorch 2.15 saved, each with an array that the tool took, {@code x.npy},
 * and its answer, {@code y.npy}.
 */
class RealWeightsTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/xceptionc/compiler/weights/real");

    static List<Path> networks() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.sorted().toList();
        }
    }

    @Test
    void thereAreNetworks() throws IOException {
        assertTrue(networks().size() >= 3, () -> "few networks in " + FOLDER.toAbsolutePath());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void answersAsTheToolDoes(Path folder) throws Exception {
        Path file = Stream.of("state.pth", "model.h5", "model.keras").map(folder::resolve).filter(Files::exists)
                .findFirst().orElseThrow();
        try (TensorSource weights = FileFormat.open(file)) {
            Graph graph = SpecWithWeights.network("spec.yaml", Files.readString(folder.resolve("spec.yaml")), weights)
                    .graph();
            Comparison.assertClose(graph.output().type(),
                    ReferenceInterpreter.output(graph, floats(folder.resolve("x.npy"))),
                    floats(folder.resolve("y.npy")));
            Differential.assertComputes(graph);
        }
    }

    private static float[] floats(Path array) throws Exception {
        try (NpyFile file = NpyFile.open(array)) {
            return file.elements(file.shape().stream().reduce(1, Math::multiplyExact));
        }
    }
}
