package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators with weights: convolutions, matrix products, batch norms. */
final class LinearOperators {

    static final Map<String, Translation> ALL = Map.of("Conv", LinearOperators::conv, "ConvTranspose",
            TransposedConvolutions::convTranspose, "Gemm", LinearOperators::gemm,
            "MatMul", LinearOperators::matMul, "BatchNormalization", LinearOperators::batchNorm);

    /** What a batch norm reads after its input. */
    private static final List<TensorRole> STATISTICS =
            List.of(TensorRole.GAMMA, TensorRole.BETA, TensorRole.MOVING_MEAN, TensorRole.MOVING_VARIANCE);

    private LinearOperators() {}

    /** {@code [n, c, h, w], [m, c / group, kh, kw], [m] -> [n, m, h', w']}. */
    private static OnnxResult conv(OnnxStep step) throws CannotImportException, InvalidInputException {
        Floats weights = step.floats(1, "weights");
        if (weights.shape().size() == 3) {
            return LineConvolutions.conv(step, weights);
        }
        Activations input = step.image(0);
        if (weights.shape().size() != 4 || weights.count() == 0) {
            throw new CannotImportException("its weights are " + weights.shape()
                    + ", not [filters, channels / group, height, width]", "only convolutions of images are known");
        }
        int filters = weights.shape().getFirst();
        Window window = Windows.of(step, weights.shape().get(2), weights.shape().get(3), input.type());
        Optional<Tensor> bias = bias(step, 2, filters);
        long groups = step.integer("group", 1);
        int channels = input.type().channels();
        if (groups < 1 || filters % groups != 0 || groups * weights.shape().get(1) != channels) {
            throw new CannotImportException("it has " + groups + " groups and weights " + weights.shape()
                    + ", its input " + channels + " channels", "");
        }
        if (groups == channels && groups > 1) {
            List<Integer> shape =
                    List.of(window.kernelHeight(), window.kernelWidth(), channels, filters / channels);
            Tensor kernel = step.context().tensors().kernel(weights, TensorRole.DEPTHWISE_KERNEL, shape);
            return step.add(new DepthwiseConv2d(window, kernel, bias, Fusion.NONE), input);
        }
        List<Integer> shape =
                List.of(window.kernelHeight(), window.kernelWidth(), weights.shape().get(1), filters);
        Tensor kernel = step.context().tensors().kernel(weights, TensorRole.CONVOLUTION_KERNEL, shape);
        return step.add(new Conv2d(window, (int) groups, kernel, bias, Fusion.NONE), input);
    }

    /** The biases that it reads in a place, if it does. */
    static Optional<Tensor> bias(OnnxStep step, int index, int count)
            throws CannotImportException, InvalidInputException {
        return step.has(index) ? bias(step, step.floats(index, "biases"), count) : Optional.empty();
    }

    private static Optional<Tensor> bias(OnnxStep step, Floats values, int count)
            throws CannotImportException, InvalidInputException {
        if (values.count() != count) {
            throw new CannotImportException("it has " + values.count() + " biases for " + count + " results", "");
        }
        return Optional.of(step.context().tensors().vector(values, TensorRole.BIAS));
    }

    /** {@code alpha * [n, k] * [k, m] + beta * [m] -> [n, m]}; with transB the weights are {@code [m, k]}. */
    private static OnnxResult gemm(OnnxStep step) throws CannotImportException, InvalidInputException {
        Floats weights = step.floats(1, "weights");
        if (step.integer("transA", 0) != 0) {
            throw new CannotImportException("it has transA, which a dense layer has not", "");
        }
        boolean outputsFirst = step.integer("transB", 0) != 0;
        Floats scaled = scaled(weights, step.number("alpha", 1));
        Optional<Tensor> bias = step.has(2) && weights.shape().size() == 2
                ? bias(step, scaled(step.floats(2, "biases"), step.number("beta", 1)),
                        weights.shape().get(outputsFirst ? 0 : 1))
                : Optional.empty();
        return dense(step, scaled, outputsFirst, bias);
    }

    private static Floats scaled(Floats values, float factor) {
        return factor == 1 ? values : new Floats(values.name() + " * " + factor, values.shape(), () -> {
            float[] numbers = values.source().read();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] *= factor;
            }
            return numbers;
        });
    }

    /** {@code [n, k] * [k, m] -> [n, m]}, or the same at each pixel of an image whose channels are last. */
    private static OnnxResult matMul(OnnxStep step) throws CannotImportException, InvalidInputException {
        return dense(step, step.floats(1, "weights"), false, Optional.empty());
    }

    private static OnnxResult dense(OnnxStep step, Floats weights, boolean outputsFirst, Optional<Tensor> bias)
            throws CannotImportException, InvalidInputException {
        Activations input = step.activations(0);
        Layout layout = input.layout();
        if (layout.channelAxis() != layout.rank() - 1 || weights.shape().size() != 2 || weights.count() == 0) {
            throw new CannotImportException("it multiplies " + step.sizes(input) + " by " + weights.shape()
                    + ", where a vector and a matrix belong", "only dense layers are known");
        }
        int in = weights.shape().get(outputsFirst ? 1 : 0);
        int out = weights.shape().get(outputsFirst ? 0 : 1);
        TensorType type = input.type();
        if (in != type.channels()) {
            throw new CannotImportException("it has weights for " + in + " numbers, its input has " + type.channels(),
                    "");
        }
        WeightTensors tensors = step.context().tensors();
        if (!type.flat()) {
            List<Integer> shape = List.of(1, 1, in, out);
            Tensor kernel = outputsFirst
                    ? tensors.kernel(weights, TensorRole.CONVOLUTION_KERNEL, shape)
                    : tensors.tensor(weights, TensorRole.CONVOLUTION_KERNEL, "pointwise", shape, numbers -> numbers);
            return step.add(new Conv2d(Window.POINTWISE, 1, kernel, bias, Fusion.NONE), input);
        }
        Tensor kernel = outputsFirst
                ? tensors.kernel(weights, TensorRole.DENSE_KERNEL, List.of(in, out))
                : tensors.tensor(weights, TensorRole.DENSE_KERNEL, "dense", List.of(in, out), numbers -> numbers);
        return step.add(new Dense(kernel, bias, Fusion.NONE), input);
    }

    /** {@code scale * (x - mean) / sqrt(variance + epsilon) + bias}. */
    private static OnnxResult batchNorm(OnnxStep step) throws CannotImportException, InvalidInputException {
        Activations input = step.activations(0);
        requireInference(step);
        if (step.integer("spatial", 1) != 1 || input.layout().channelAxis() != 1) {
            throw new CannotImportException("it does not normalise channels", "");
        }
        Tensor[] tensors = new Tensor[1 + STATISTICS.size()];
        for (int index = 1; index < tensors.length; index++) {
            Floats values = step.floats(index, "statistics");
            if (values.count() != input.type().channels()) {
                throw new CannotImportException("it has statistics of " + values.count() + " channels, its input "
                        + input.type().channels(), "");
            }
            tensors[index] = step.context().tensors().vector(values, STATISTICS.get(index - 1));
        }
        float epsilon = step.number("epsilon", 1e-5f);
        if (!(epsilon > 0 && epsilon <= 1)) {
            throw new CannotImportException("its epsilon is " + epsilon, "");
        }
        return step.add(new BatchNorm(Optional.of(tensors[1]), Optional.of(tensors[2]), tensors[3], tensors[4],
                shortest(epsilon)), input);
    }

    /** Since opset 14 an attribute says it; before, whoever asks for the statistics of the batch gets them. */
    static boolean isInTraining(OnnxStep step) throws CannotImportException {
        boolean yieldsStatistics = step.node().outputs().stream().skip(1).anyMatch(name -> !name.isEmpty());
        return step.opset() < 14 ? yieldsStatistics : step.integer("training_mode", 0) != 0;
    }

    private static void requireInference(OnnxStep step) throws CannotImportException {
        if (isInTraining(step)) {
            throw new CannotImportException("it is in training mode, where it normalises by the batch at hand",
                    OnnxStep.EXPORT_FOR_INFERENCE + "; a batch norm without statistics (track_running_stats=False) has"
                            + " no other mode");
        }
    }

    /** 0.001 rather than 0.0010000000474974513: the number that was meant, of those that are the same as float. */
    private static double shortest(float epsilon) {
        return Double.parseDouble(Float.toString(epsilon));
    }
}
