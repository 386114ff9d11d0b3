package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.export.OnnxExport;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiled models answer what ONNX Runtime makes of the same networks, written as ONNX models. */
class OnnxTest {

    /** Both sides compute in float32. */
    private static final double TOLERANCE = 2e-5;

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Golden#onePerSpec")
    void answersAsOnnxRuntime(Golden golden) throws IOException, InvalidInputException, OrtException {
        Graph graph = Zoo.network(golden.spec(), Optional.of(golden.size())).graph();
        float[] expected = onnxRuntime(graph, channelsFirst(golden.input(), graph.input().type()));
        double error = Closeness.error(expected, CompiledAnswers.to(golden));
        assertTrue(error <= TOLERANCE, () -> "an error of %.2g of the scale".formatted(error));
    }

    /**
     * What ONNX Runtime answers, as {@code [height, width, channels]}, to an image {@code [channels, height, width]}.
     */
    private static float[] onnxRuntime(Graph graph, float[] image) throws IOException, OrtException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OnnxExport.write(graph, 1, bytes);
        TensorType type = graph.input().type();
        long[] shape = {1, type.channels(), type.height(), type.width()};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(bytes.toByteArray(), options);
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), shape);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            List<float[]> outputs = new ArrayList<>();
            for (Node output : graph.outputs()) {
                outputs.add(channelsLast(values(result.get(outputs.size())), output.type()));
            }
            return Joined.floats(outputs);
        }
    }

    private static float[] values(OnnxValue tensor) {
        FloatBuffer buffer = ((OnnxTensor) tensor).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static float[] channelsFirst(float[] image, TensorType type) {
        float[] moved = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            moved[i % type.channels() * type.pixelCount() + i / type.channels()] = image[i];
        }
        return moved;
    }

    private static float[] channelsLast(float[] image, TensorType type) {
        float[] moved = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            moved[i] = image[i % type.channels() * type.pixelCount() + i / type.channels()];
        }
        return moved;
    }
}
