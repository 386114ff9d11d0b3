package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.Softmax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions of single elements, and softmax. */
final class ActivationOperators {

    static final Map<String, Translation> ALL = all();

    private ActivationOperators() {}

    private static Map<String, Translation> all() {
        Map<String, Translation> all = new HashMap<>(Map.of("Clip", ActivationOperators::clip, "Softmax",
                ActivationOperators::softmax, "HardSigmoid", ActivationOperators::hardSigmoid, "Gelu",
                ActivationOperators::gelu, "PRelu", ActivationOperators::parametric));
        all.put("Relu", step -> plain(step, Kind.RELU));
        all.put("Sigmoid", step -> plain(step, Kind.SIGMOID));
        all.put("Tanh", step -> plain(step, Kind.TANH));
        all.put("HardSwish", step -> plain(step, Kind.HARD_SWISH));
        all.put("Softplus", step -> plain(step, Kind.SOFTPLUS));
        all.put("LeakyRelu", step -> activate(step, new Activation(Kind.LEAKY_RELU, step.number("alpha", 0.01f))));
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

    private static OnnxResult clip(OnnxStep step) throws CannotImportException, InvalidInputException {
        float floor = step.opset() < 11
                ? step.bound("min", Float.NEGATIVE_INFINITY)
                : step.scalar(1, "lower bounds").orElse(Float.NEGATIVE_INFINITY);
        float ceiling = step.opset() < 11
                ? step.bound("max", Float.POSITIVE_INFINITY)
                : step.scalar(2, "upper bounds").orElse(Float.POSITIVE_INFINITY);
        boolean unbounded = ceiling >= Float.MAX_VALUE;
        if (floor <= -Float.MAX_VALUE && unbounded) {
            return step.input(0);
        }
        if (floor != 0 || (!unbounded && ceiling != 6)) {
            throw new CannotImportException("it clips to [" + floor + ", " + ceiling + "]",
                    "only 0 to 6 and 0 to infinity are known, as relu6 and relu");
        }
        return activate(step, unbounded ? Activation.RELU : Activation.RELU6);
    }

    private static OnnxResult hardSigmoid(OnnxStep step) throws CannotImportException {
        float slope = step.number("alpha", 0.2f);
        if (!OnnxConstants.isClose(slope, 1.0 / 6) || step.number("beta", 0.5f) != 0.5f) {
            throw new CannotImportException("its slope is " + slope + ", not 1/6 as that of Keras 3 and PyTorch", "");
        }
        return plain(step, Kind.HARD_SIGMOID);
    }

    private static OnnxResult gelu(OnnxStep step) throws CannotImportException {
        if (!step.text("approximate", "none").equals("none")) {
            throw new CannotImportException("it is an approximation of gelu", "only the exact form is known");
        }
        return plain(step, Kind.GELU);
    }

    /** With one slope for all channels, it is a leaky ReLU. */
    private static OnnxResult parametric(OnnxStep step) throws CannotImportException, InvalidInputException {
        float[] slopes = step.floats(1, "slopes").source().read();
        for (float slope : slopes) {
            if (Float.compare(slope, slopes[0]) != 0) {
                throw new CannotImportException("its slopes differ from channel to channel", "");
            }
        }
        if (slopes.length == 0 || !Float.isFinite(slopes[0])) {
            throw new CannotImportException(slopes.length == 0 ? "it has no slope" : "its slope is " + slopes[0], "");
        }
        return activate(step, new Activation(Kind.LEAKY_RELU, slopes[0]));
    }

    private static OnnxResult softmax(OnnxStep step) throws CannotImportException {
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
        return step.add(new Softmax(), input);
    }
}
