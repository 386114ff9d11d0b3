package io.xceptionc.benchmarks.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** An ONNX model in ONNX Runtime, every option but the number of threads at its default. */
final class OnnxRuntimeEngine implements Engine {

    private final OrtSession session;
    private final OnnxTensor input;
    private final Map<String, OnnxTensor> inputs;
    private OrtSession.Result result;

    OnnxRuntimeEngine(Path onnx, ImageBatch images, int threads) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(onnx.toString(), options);
        }
        input = OnnxTensor.createTensor(environment, images.values(),
                new long[] {images.batch(), images.channels(), images.height(), images.width()});
        inputs = Map.of(session.getInputNames().iterator().next(), input);
    }

    @Override
    public void run() throws OrtException {
        if (result != null) {
            result.close();
        }
        result = session.run(inputs);
    }

    @Override
    public float[] result() {
        FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] values = new float[output.remaining()];
        output.get(values);
        return values;
    }

    @Override
    public void close() throws OrtException {
        if (result != null) {
            result.close();
        }
        input.close();
        session.close();
    }
}
