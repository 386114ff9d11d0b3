package io.xceptionc.compiler.format.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.SpecWithWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with the weights of checkpoints. */
class CheckpointNetworkTest {

    private static final Path XCEPTION = Path.of("../../generated-examples/models/xception-pytorch.yaml");

    /** Against what PyTorch answers in double precision; {@code make_checkpoints.py} has asked it. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "small-legacy", "small-nested", "small-nested-legacy"})
    void answersAsPyTorchDoes(String checkpoint) throws Exception {
        try (TensorSource source = FileFormat.open(PyTorchFileTest.resource(checkpoint + ".pt"))) {
            Graph graph = bound(PyTorchFileTest.resource("small.yaml"), source).graph();
            float[] image = new float[17 * 19 * 3];
            for (int i = 0; i < image.length; i++) {
                image[i] = (7 * i % 11 - 5) / 5f;
            }
            double[] expected = Files.readAllLines(PyTorchFileTest.resource("small-answer.csv")).stream()
                    .mapToDouble(Double::parseDouble).toArray();
            double[] actual = ReferenceInterpreter.output(graph, image);
            double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertEquals(expected.length, actual.length);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], 1e-6 * scale);
            }
        }
    }

    /**
     * The names and shapes, in their order, of the state dict of Cadene's Xception, which is timm's {@code
     * legacy_xception}.
     *
     * @see <a href="https://github.com/Cadene/pretrained-models.pytorch/blob/master/pretrainedmodels/models/xception.py">Cadene's
     *      definition</a>
     */
    @Test
    void theNamesOfCadenesXceptionBindWithoutAWarning() throws Exception {
        assertEquals("xception-pytorch", bound(XCEPTION, new Ones(cadenesXception())).graph().name());
    }

    /**
     * What is passed around was made of it: FaceForensics has the network as {@code model}, a dropout before its
     * classifier, and the kernels of pointwise convolutions of before PyTorch 0.4 have no pixel; wrappers of training
     * come on top.
     *
     * @see <a href="https://github.com/ondyari/FaceForensics/blob/master/classification/network/models.py">FaceForensics,
     *      TransferModel</a>
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "model.", "module.model.", "backbone.", "_orig_mod.module."})
    void soDoWhatWasMadeOfIt(String prefix) throws Exception {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        cadenesXception().values().forEach(each -> {
            String name = prefix + each.name().replaceFirst("^(fc|last_linear)\\.", "last_linear.1.");
            List<Long> shape = name.contains(".pointwise.") ? each.shape().subList(0, 2) : each.shape();
            tensors.put(name, new TensorInfo(name, each.type(), shape));
        });
        assertTrue(tensors.containsKey(prefix + "last_linear.1.weight"));
        assertEquals("xception-pytorch", bound(XCEPTION, new Ones(tensors)).graph().name());
    }

    private static Map<String, TensorInfo> cadenesXception() throws Exception {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PyTorchFileTest.resource("cadene-xception.csv"))) {
            String[] fields = line.split(",", -1);
            List<Long> shape =
                    fields[1].isEmpty() ? List.of() : Arrays.stream(fields[1].split(" ")).map(Long::valueOf).toList();
            tensors.put(fields[0],
                    new TensorInfo(fields[0], shape.isEmpty() ? ElementType.I64 : ElementType.F32, shape));
        }
        assertEquals(276, tensors.size());
        return tensors;
    }

    /** The network of a spec with weights, of which nothing is to be said. */
    private static LoweredNetwork bound(Path path, TensorSource source) throws IOException {
        return SpecWithWeights.network(path.getFileName().toString(), Files.readString(path), source);
    }

    /** Tensors of ones. */
    private record Ones(Map<String, TensorInfo> byName) implements TensorSource {

        @Override
        public String name() {
            return "ones";
        }

        @Override
        public String format() {
            return "ones";
        }

        @Override
        public Optional<TensorConvention> convention() {
            return Optional.empty();
        }

        @Override
        public List<TensorInfo> tensors() {
            return List.copyOf(byName.values());
        }

        @Override
        public Optional<TensorInfo> find(String tensorName) {
            return Optional.ofNullable(byName.get(tensorName));
        }

        @Override
        public float[] values(String tensorName) {
            float[] values = new float[Math.toIntExact(byName.get(tensorName).elementCount())];
            Arrays.fill(values, 1);
            return values;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
