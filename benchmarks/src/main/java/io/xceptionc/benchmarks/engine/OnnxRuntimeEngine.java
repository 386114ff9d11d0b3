package io.xceptionc.benchmarks.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** An ONNX model in ONNX Runtime, every option but the number of threads at its default. */
final class OnnxRuntimeEngine implements Engine {

    private final OrtSession session;
    private final OnnxTensor input;
    private final Map<String, OnnxTensor> inputs;
    private OrtSession.Result result;

    OnnxRuntimeEngine(Path onnx, ImageBatch images, int threads) throws IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(onnx.toString(), options);
            input = OnnxTensor.createTensor(environment, images.values(),
                    new long[] {images.batch(), images.channels(), images.height(), images.width()});
            inputs = Map.of(session.getInputNames().iterator().next(), input);
        } catch (OrtException e) {
            throw new IOException(onnx + " cannot be loaded", e);
        }
    }

    @Override
    public void run() {
        closeResult();
        try {
            result = session.run(inputs);
        } catch (OrtException e) {
            throw new IllegalStateException("the network cannot be run", e);
        }
    }

    private void closeResult() {
        if (result != null) {
            result.close();
        }
    }

    @Override
    public float[] result() {
        FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] values = new float[output.remaining()];
        output.get(values);
        return values;
    }

    @Override
    public void close() {
        closeResult();
        input.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the network cannot be closed", e);
        }
    }
}
