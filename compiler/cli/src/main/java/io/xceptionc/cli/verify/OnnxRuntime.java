package io.xceptionc.cli.verify;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.xceptionc.cli.file.InputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A session of Microsoft's ONNX Runtime. This class alone names that library, which is there to compile against but not
 * a part of the command line: without it on the class path, the first use of this ends in a {@link
 * NoClassDefFoundError}.
 */
final class OnnxRuntime implements AutoCloseable {

    private final Path model;
    private final OrtSession session;

    /**
     * Loads a model.
     *
     * @throws InputException if ONNX Runtime does not take it
     */
    OnnxRuntime(Path model) throws InputException {
        this.model = model;
        try {
            session = session(model);
        } catch (OrtException e) {
            throw refusal(e);
        }
    }

    /** With none of its optimisations: 1.29 moves zeros before a max pool into the pool, which takes no zeros in. */
    private static OrtSession session(Path model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            return OrtEnvironment.getEnvironment().createSession(model.toString(), options);
        }
    }

    /**
     * Runs the model once.
     *
     * @param values the only input, row-major
     * @param shape the input's
     * @return the outputs by their names, in order, row-major
     * @throws InputException if the model takes or yields something else
     */
    SequencedMap<String, float[]> run(float[] values, long... shape) throws InputException {
        Iterator<String> names = session.getInputNames().iterator();
        if (!names.hasNext()) {
            throw new InputException(model + " takes no input");
        }
        try (OnnxTensor input =
                OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values), shape);
                OrtSession.Result results = session.run(Map.of(names.next(), input))) {
            SequencedMap<String, float[]> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> result : results) {
                FloatBuffer output = result.getValue() instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
                if (output == null) {
                    throw new InputException(model + " does not yield float32");
                }
                float[] elements = new float[output.remaining()];
                output.get(elements);
                outputs.put(result.getKey(), elements);
            }
            return outputs;
        } catch (OrtException e) {
            throw refusal(e);
        }
    }

    private InputException refusal(OrtException e) {
        return new InputException("ONNX Runtime refuses " + model + ": " + e.getMessage());
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
