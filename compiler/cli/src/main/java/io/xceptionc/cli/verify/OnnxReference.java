package io.xceptionc.cli.verify;

import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/** An ONNX model, run by ONNX Runtime if users put that on the class path: it is of no use to others, and large. */
final class OnnxReference implements AutoCloseable {

    private final Path model;
    private final OnnxRuntime runtime;

    private OnnxReference(Path model, OnnxRuntime runtime) {
        this.model = model;
        this.runtime = runtime;
    }

    /**
     * Loads a model.
     *
     * @throws InputException if ONNX Runtime is not there, cannot work here, or does not take the model
     */
    static OnnxReference open(Path model) throws InputException {
        try {
            return new OnnxReference(model, new OnnxRuntime(model));
        } catch (NoClassDefFoundError e) {
            throw e.getCause() instanceof ClassNotFoundException ? new InputException("""
                    ONNX Runtime, which --onnx needs, is not on the class path: download it from \
                    https://central.sonatype.com/artifact/com.microsoft.onnxruntime/onnxruntime and name it, as in
                        XCEPTIONC_CLASSPATH=onnxruntime-1.29.0.jar xceptionc verify ...""") : unusable(e);
        } catch (LinkageError e) {
            throw unusable(e);
        }
    }

    /** Of a library without the native part for this machine, or of a version that lacks what is called. */
    private static InputException unusable(LinkageError e) {
        return new InputException("ONNX Runtime, which is on the class path, cannot work here: "
                + (e.getCause() == null ? e : e.getCause()).getMessage());
    }

    /**
     * The result for one image.
     *
     * @param image {@code [height, width, channels]} or {@code [channels]}, row-major
     * @param signature of the model that is compared
     * @param output which of its results
     * @return of the output's shape
     * @throws InputException if the model takes or yields something else
     */
    double[] run(float[] image, ModelSignature signature, ModelOutput output) throws InputException {
        List<Integer> shape = signature.inputShape();
        int channels = shape.getLast();
        int pixels = image.length / channels;
        float[] planes = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            planes[i % channels * pixels + i / channels] = image[i];
        }
        SequencedMap<String, float[]> results = shape.size() == 1
                ? runtime.run(planes, 1, channels)
                : runtime.run(planes, 1, channels, shape.get(0), shape.get(1));
        return rowMajor(result(results, signature, output), output.shape());
    }

    /**
     * That of the output's name, else of its place: importing makes other names where ONNX's are none of the language.
     */
    private float[] result(SequencedMap<String, float[]> results, ModelSignature signature, ModelOutput output)
            throws InputException {
        if (results.size() < signature.outputs().size()) {
            throw new InputException(model + " has the outputs " + results.keySet() + "; the compiled model has "
                    + OutputText.names(signature));
        }
        boolean byName = signature.outputs().stream().allMatch(each -> results.containsKey(each.name()));
        return byName
                ? results.get(output.name())
                : List.copyOf(results.values()).get(signature.indexOf(output.name()));
    }

    private double[] rowMajor(float[] planes, List<Integer> shape) throws InputException {
        int count = shape.stream().reduce(1, Math::multiplyExact);
        if (planes.length != count) {
            throw new InputException(
                    model + " yields " + planes.length + " numbers; the compiled model yields " + shape);
        }
        int channels = shape.getLast();
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
            result[i] = planes[i % channels * (count / channels) + i / channels];
        }
        return result;
    }

    @Override
    public void close() {
        runtime.close();
    }
}
