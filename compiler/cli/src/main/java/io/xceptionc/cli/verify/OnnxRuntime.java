package io.xceptionc.cli.verify;

import io.xceptionc.cli.file.InputException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An ONNX model, run by Microsoft's ONNX Runtime, which users put on the class path if they want it: reached by reflection, as it is of
 * no use to others and large.
 */
public final class OnnxRuntime implements AutoCloseable {

    private static final String PACKAGE = "ai.onnxruntime.";

    private final ClassLoader loader;
    private final Path model;
    private final Object environment;
    private final AutoCloseable session;

    private OnnxRuntime(ClassLoader loader, Path model, Object environment, AutoCloseable session) {
        this.loader = loader;
        this.model = model;
        this.environment = environment;
        this.session = session;
    }

    /**
     * Loads a model.
     *
     * @param loader where ONNX Runtime may be found
     * @throws InputException if it is not there, or does not take the model
     */
    public static OnnxRuntime open(Path model, ClassLoader loader) throws InputException {
        try {
            Class<?> environments = loader.loadClass(PACKAGE + "OrtEnvironment");
            Object environment = environments.getMethod("getEnvironment").invoke(null);
            return new OnnxRuntime(loader, model, environment, session(model, environment, loader));
        } catch (ClassNotFoundException _) {
            throw new InputException("ONNX Runtime, which --onnx needs, is not on the class path: download it from"
                    + " https://central.sonatype.com/artifact/com.microsoft.onnxruntime/onnxruntime and name it, as in\n"
                    + "    XCEPTIONC_CLASSPATH=onnxruntime-1.29.0.jar xceptionc verify ...");
        } catch (ReflectiveOperationException e) {
            throw refusal(model, e);
        }
    }

    /** With none of its optimisations: 1.29 moves zeros before a max pool into the pool, which takes no zeros in. */
    private static AutoCloseable session(Path model, Object environment, ClassLoader loader)
            throws ReflectiveOperationException {
        Class<?> optionsType = loader.loadClass(PACKAGE + "OrtSession$SessionOptions");
        Class<?> levels = loader.loadClass(PACKAGE + "OrtSession$SessionOptions$OptLevel");
        try (AutoCloseable options = (AutoCloseable) optionsType.getConstructor().newInstance()) {
            optionsType.getMethod("setOptimizationLevel", levels).invoke(options, levels.getField("NO_OPT").get(null));
            return (AutoCloseable) environment.getClass().getMethod("createSession", String.class, optionsType)
                    .invoke(environment, model.toString(), options);
        } catch (ReflectiveOperationException e) {
            throw e;
        } catch (Exception e) { // of close()
            throw new IllegalStateException(e);
        }
    }

    /**
     * The result for one image.
     *
     * @param image {@code [height, width, channels]}
     * @param shape its shape
     * @param resultShape {@code [channels]} or {@code [height, width, channels]}
     * @return of that shape
     * @throws InputException if the model takes or yields something else
     */
    double[] run(float[] image, List<Integer> shape, List<Integer> resultShape) throws InputException {
        int channels = shape.getLast();
        int pixels = image.length / channels;
        float[] planes = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            planes[i % channels * pixels + i / channels] = image[i];
        }
        long[] dimensions = shape.size() == 1
                ? new long[] {1, channels}
                : new long[] {1, channels, shape.get(0), shape.get(1)};
        float[] result;
        try {
            result = invoke(planes, dimensions);
        } catch (ReflectiveOperationException e) {
            throw refusal(model, e);
        }
        return rowMajor(result, resultShape);
    }

    private float[] invoke(float[] planes, long[] dimensions) throws ReflectiveOperationException, InputException {
        Class<?> tensors = loader.loadClass(PACKAGE + "OnnxTensor");
        Class<?> sessions = loader.loadClass(PACKAGE + "OrtSession");
        Object name = ((Iterable<?>) sessions.getMethod("getInputNames").invoke(session)).iterator().next();
        Method create = tensors.getMethod("createTensor", environment.getClass(), FloatBuffer.class, long[].class);
        try (AutoCloseable input =
                (AutoCloseable) create.invoke(null, environment, FloatBuffer.wrap(planes), dimensions);
                AutoCloseable results =
                        (AutoCloseable) sessions.getMethod("run", Map.class).invoke(session, Map.of(name, input))) {
            Object output = results.getClass().getMethod("get", int.class).invoke(results, 0);
            FloatBuffer values = (FloatBuffer) tensors.getMethod("getFloatBuffer").invoke(output);
            if (values == null) {
                throw new InputException(model + " does not yield float32");
            }
            float[] result = new float[values.remaining()];
            values.get(result);
            return result;
        } catch (ReflectiveOperationException | InputException e) {
            throw e;
        } catch (Exception e) { // of close()
            throw new IllegalStateException(e);
        }
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

    private static InputException refusal(Path model, ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        return new InputException("ONNX Runtime refuses " + model + ": " + cause.getMessage());
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
