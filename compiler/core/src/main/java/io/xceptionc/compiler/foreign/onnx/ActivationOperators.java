package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Root;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions of single elements, and softmax. */
final class ActivationOperators {

    private static final float SELU_ALPHA = 1.6732632f;
    private static final float SELU_GAMMA = 1.050701f;

    static final Map<String, Translation> ALL = all();

    private ActivationOperators() {}

    private static Map<String, Translation> all() {
        Map<String, Translation> all = new HashMap<>(Map.of("Clip", ActivationOperators::clip, "Softmax",
                step -> softmax(step, new Softmax()), "LogSoftmax", step -> softmax(step, new LogSoftmax()),
                "HardSigmoid", ActivationOperators::hardSigmoid, "Gelu",
                ActivationOperators::gelu, "PRelu", ActivationOperators::parametric));
        all.put("Relu", step -> plain(step, Kind.RELU));
        all.put("Sigmoid", step -> plain(step, Kind.SIGMOID));
        all.put("Tanh", step -> plain(step, Kind.TANH));
        all.put("HardSwish", step -> plain(step, Kind.HARD_SWISH));
        all.put("Softplus", step -> plain(step, Kind.SOFTPLUS));
        all.put("LeakyRelu", step -> activate(step, new Activation(Kind.LEAKY_RELU, step.number("alpha", 0.01f))));
        all.put("Selu", ActivationOperators::selu);
        all.put("Celu", ActivationOperators::celu);
        all.put("ThresholdedRelu", ActivationOperators::thresholded);
        all.put("Softsign", step -> plain(step, Kind.SOFTSIGN));
        all.put("Mish", step -> plain(step, Kind.MISH));
        all.put("Exp", step -> plain(step, Kind.EXPONENTIAL));
        all.put("Elu", step -> activate(step, new Activation(Kind.ELU, step.number("alpha", 1))));
        return Map.copyOf(all);
    }

    private static OnnxResult plain(OnnxStep step, Kind kind) throws CannotImportException {
        return activate(step, new Activation(kind, 0));
    }

    /** Adds an activation of the node's first input. */
    static OnnxResult activate(OnnxStep step, Activation activation) throws CannotImportException {
        return step.add(new Activate(activation), step.activations(0));
    }

    /** Adds operators one after another. */
    static OnnxResult activate(OnnxStep step, List<Op> ops) throws CannotImportException {
        Activations result = step.activations(0);
        for (Op op : ops) {
            result = step.add(op, result);
        }
        return result;
    }

    private static OnnxResult clip(OnnxStep step) throws CannotImportException, InvalidInputException {
        float floor = step.opset() < 11
                ? step.bound("min", Float.NEGATIVE_INFINITY)
                : step.scalar(1, "lower bounds").orElse(Float.NEGATIVE_INFINITY);
        float ceiling = step.opset() < 11
                ? step.bound("max", Float.POSITIVE_INFINITY)
                : step.scalar(2, "upper bounds").orElse(Float.POSITIVE_INFINITY);
        if (Float.isNaN(floor) || Float.isNaN(ceiling)) {
            throw new CannotImportException("it clips to [" + floor + ", " + ceiling + "]", "");
        }
        if (step.input(0) instanceof Root root) {
            return Roots.bounded(root, floor, ceiling);
        }
        Activation clamp = Activation.clamp(floor, ceiling);
        return clamp.equals(Activation.IDENTITY) ? step.input(0) : activate(step, clamp);
    }

    private static OnnxResult hardSigmoid(OnnxStep step) throws CannotImportException {
        return activate(step, Activation.hardSigmoid(step.number("alpha", 0.2f), step.number("beta", 0.5f)));
    }

    private static OnnxResult gelu(OnnxStep step) throws CannotImportException {
        return switch (step.text("approximate", "none")) {
            case "none" -> plain(step, Kind.GELU);
            case "tanh" -> plain(step, Kind.GELU_TANH);
            default -> throw new CannotImportException("it is an approximation of gelu",
                    "only the exact form and that by tanh are known");
        };
    }

    /** Other numbers than those that make it normalise are those of no network known. */
    private static OnnxResult selu(OnnxStep step) throws CannotImportException {
        if (!OnnxConstants.isClose(step.number("alpha", SELU_ALPHA), SELU_ALPHA)
                || !OnnxConstants.isClose(step.number("gamma", SELU_GAMMA), SELU_GAMMA)) {
            throw new CannotImportException("its alpha or gamma is not that of selu", "");
        }
        return plain(step, Kind.SELU);
    }

    private static OnnxResult celu(OnnxStep step) throws CannotImportException {
        float alpha = step.number("alpha", 1);
        if (!(alpha > 0)) {
            throw new CannotImportException("its alpha is " + alpha + ", not positive", "");
        }
        return activate(step, new Activation(Kind.CELU, alpha));
    }

    /** {@code x > alpha ? x : 0}, so that {@code alpha} itself is below. */
    private static OnnxResult thresholded(OnnxStep step) throws CannotImportException {
        return activate(step, Activation.rectify(Math.nextUp(step.number("alpha", 1)), 0, Float.MAX_VALUE));
    }

    /** With one slope for all channels, it is a leaky ReLU. */
    private static OnnxResult parametric(OnnxStep step) throws CannotImportException, InvalidInputException {
        float[] slopes = step.floats(1, "slopes").source().read();
        for (float slope : slopes) {
            if (Float.compare(slope, slopes[0]) != 0) {
                return ofChannels(step);
            }
        }
        if (slopes.length == 0 || !Float.isFinite(slopes[0])) {
            throw new CannotImportException(slopes.length == 0 ? "it has no slope" : "its slope is " + slopes[0], "");
        }
        return activate(step, new Activation(Kind.LEAKY_RELU, slopes[0]));
    }

    private static OnnxResult ofChannels(OnnxStep step) throws CannotImportException, InvalidInputException {
        Activations input = step.activations(0);
        Floats slopes = step.floats(1, "slopes");
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(input.layout().rank(), 1));
        sizes.set(input.layout().channelAxis(), input.type().channels());
        int rank = slopes.shape().size();
        if (rank > sizes.size() || !slopes.shape().equals(sizes.subList(sizes.size() - rank, sizes.size()))) {
            throw new CannotImportException("its slopes have the shape " + slopes.shape(),
                    "only one number, or one for each channel, is known");
        }
        return step.add(new Prelu(step.context().tensors().vector(slopes, TensorRole.SLOPE)), input);
    }

    private static OnnxResult softmax(OnnxStep step, Op op) throws CannotImportException {
        Activations input = step.activations(0);
        boolean overAllThatFollow = step.opset() < 13;
        List<Integer> sizes = step.sizes(input);
        int axis = OnnxStep.axis(step.integer("axis", overAllThatFollow ? 1 : -1), sizes.size());
        boolean overChannels = overAllThatFollow
                ? axis <= input.layout().channelAxis() && sizes.subList(axis, sizes.size()).stream()
                        .mapToLong(size -> size).reduce(1, Math::multiplyExact) == input.type().channels()
                : axis == input.layout().channelAxis();
        if (!overChannels) {
            throw new CannotImportException("it is over axis " + axis + " of " + step.sizes(input)
                    + (overAllThatFollow ? " and those that follow" : ""), "only that over channels is known");
        }
        return step.add(op, input);
    }
}
