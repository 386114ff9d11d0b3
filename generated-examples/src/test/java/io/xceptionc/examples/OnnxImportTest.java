package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.ImportOptions;
import io.xceptionc.compiler.api.ImportReport;
import io.xceptionc.compiler.api.ModelImport;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.export.OnnxExport;
import io.xceptionc.compiler.foreign.ForeignFormat;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.weights.SeededValues;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Imported ONNX models answer what PyTorch answered, and what ONNX Runtime makes of the same files. */
class OnnxImportTest {

    private static final Path FOLDER = Path.of("foreign");
    private static final ImageSize OPENED = new ImageSize(33, 47);

    /** The answers were computed in double precision, as the interpreter does, and stored in single. */
    private static final double EXACT = 1e-6;

    /** Compiled models and ONNX Runtime compute in single precision. */
    private static final double CLOSE = 1e-4;

    @TempDir
    Path folder;

    static Stream<String> models() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".onnx"))
                    .map(name -> name.replace(".onnx", "")).sorted().toList().stream();
        }
    }

    private static Optional<ImageSize> size(String model) {
        return model.equals("opened") ? Optional.of(OPENED) : Optional.empty();
    }

    private static ForeignNetwork network(Path file, Optional<ImageSize> size) throws InvalidInputException {
        return ForeignFormat.read(file, "imported", size.map(given -> new Pair(given.height(), given.width())));
    }

    private static Graph graph(Path file, Optional<ImageSize> size) throws InvalidInputException {
        return network(file, size).graph();
    }

    /** What the graph sees of an image: the scaling at a model's beginning is the input's, not the graph's. */
    private static float[] scaled(ForeignNetwork network, float[] image) {
        return new ArrayScaling(network.scaling().channels().stream()
                .map(channel -> new ChannelScaling(channel.scale(), channel.offset())).toList()).scaled(image);
    }

    private static float[] image(TensorType type) {
        return SeededValues.of(1, "input", (int) type.elementCount(), -1, 1);
    }

    private static void assertClose(float[] expected, float[] actual, double tolerance) {
        double error = Closeness.error(expected, actual);
        assertTrue(error <= tolerance, () -> "an error of %.2g of the scale".formatted(error));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @ParameterizedTest
    @MethodSource("models")
    void answersWhatPyTorchAnswered(String model) throws IOException, InvalidInputException {
        float[] expected = answer(model);
        Path file = FOLDER.resolve(model + ".onnx");
        ForeignNetwork network = network(file, size(model));
        float[] image = image(network.graph().input().type());
        assertClose(expected, floats(ReferenceInterpreter.output(network.graph(), scaled(network, image))), EXACT);

        ImportOptions options = ImportOptions.of(file);
        ImportReport report = ModelImport.write(size(model).map(options::withInput).orElse(options), folder);
        Path jar = folder.resolve("model.jar");
        Compiler.compile(CompilerOptions.of(report.spec()).withWeights(report.weights()), jar, _ -> {
        });
        try (CompiledModel compiled = CompiledModel.open(jar)) {
            assertClose(expected, compiled.run(image), CLOSE);
        }
    }

    private static float[] answer(String model) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(model + ".npy")))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(10 + Short.toUnsignedInt(bytes.getShort(8)));
        float[] answer = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(answer);
        return answer;
    }

    @ParameterizedTest
    @MethodSource("models")
    void onnxRuntimeAgreesOnTheExportOfTheImport(String model) throws IOException, InvalidInputException, OrtException {
        Graph graph = graph(FOLDER.resolve(model + ".onnx"), size(model));
        float[] image = image(graph.input().type());
        assertClose(floats(ReferenceInterpreter.output(graph, image)),
                onnxRuntime(exported(graph), graph, image), CLOSE);
    }

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Golden#onePerSpec")
    void whatTheZooExportsComesBack(Golden golden) throws IOException, InvalidInputException, OrtException {
        Graph graph = Zoo.network(golden.spec(), Optional.of(golden.size())).graph();
        Path file = exported(graph);
        float[] expected = floats(InterpretedAnswers.to(golden));
        Graph again = graph(file, Optional.empty());
        assertClose(expected, floats(InterpretedAnswers.to(again, golden)), EXACT);
        assertClose(expected, onnxRuntime(file, graph, golden.input()), CLOSE);
    }

    private Path exported(Graph graph) throws IOException {
        Path file = folder.resolve("exported.onnx");
        try (OutputStream stream = Files.newOutputStream(file)) {
            OnnxExport.write(graph, 1, stream);
        }
        return file;
    }

    /**
     * What ONNX Runtime answers, in the order height, width, channels. It optimises nothing, because 1.29 makes of
     * zeros around an image, followed by a max pool, the padding of that pool, which never is the maximum.
     */
    private static float[] onnxRuntime(Path file, Graph graph, float[] image) throws OrtException {
        TensorType type = graph.input().type();
        long[] shape = {1, type.channels(), type.height(), type.width()};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = environment.createSession(file.toString(), options);
                    OnnxTensor input = OnnxTensor.createTensor(environment,
                            FloatBuffer.wrap(transposed(image, type.pixelCount(), type.channels())), shape);
                    OrtSession.Result result = session.run(Map.of("input", input))) {
                List<float[]> outputs = new ArrayList<>();
                for (Node output : graph.outputs()) {
                    FloatBuffer buffer = ((OnnxTensor) result.get(outputs.size())).getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.add(transposed(values, output.type().channels(), output.type().pixelCount()));
                }
                return Joined.floats(outputs);
            }
        }
    }

    /** A matrix of so many rows, turned over. */
    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = matrix[row * columns + column];
            }
        }
        return turned;
    }
}
