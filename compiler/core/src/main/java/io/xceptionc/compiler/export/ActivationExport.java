package io.xceptionc.compiler.export;

import io.xceptionc.compiler.export.OnnxGraph.Attribute;
import io.xceptionc.compiler.graph.op.Activation;
import java.util.List;

/**
 * Writes activations: as ONNX's operator for them, or as the formula where opset {@value OnnxExport#OPSET} has none.
 */
record ActivationExport(OnnxGraph onnx) {

    /** The name of what a function yields of a value; what stands between is named after it. */
    String of(String name, Activation activation, String input) {
        return switch (activation.kind()) {
            case IDENTITY -> onnx.node("Identity", name, List.of(input));
            case RELU -> onnx.node("Relu", name, List.of(input));
            case RELU6, CLIP -> clip(name, activation, input);
            case RECTIFY -> rectified(name, activation, input);
            case LEAKY_RELU ->
                    onnx.node("LeakyRelu", name, List.of(input), new Attribute("alpha", activation.parameter()));
            case ELU -> onnx.node("Elu", name, List.of(input), new Attribute("alpha", activation.parameter()));
            case SELU -> onnx.node("Selu", name, List.of(input));
            case CELU -> onnx.node("Celu", name, List.of(input), new Attribute("alpha", activation.parameter()));
            case SIGMOID -> onnx.node("Sigmoid", name, List.of(input));
            case TANH -> onnx.node("Tanh", name, List.of(input));
            case HARD_SIGMOID -> onnx.node("HardSigmoid", name, List.of(input), new Attribute("alpha", 1f / 6),
                    new Attribute("beta", 0.5f));
            case SLOPED_HARD_SIGMOID -> onnx.node("HardSigmoid", name, List.of(input),
                    new Attribute("alpha", activation.parameter()),
                    new Attribute("beta", activation.numbers().getLast()));
            case HARD_SWISH -> onnx.node("HardSwish", name, List.of(input));
            case SWISH ->
                    onnx.node("Mul", name, List.of(input, onnx.node("Sigmoid", name + "/sigmoid", List.of(input))));
            case SOFTPLUS -> onnx.node("Softplus", name, List.of(input));
            case GELU -> gelu(name, input);
            case GELU_TANH -> geluTanh(name, input);
            case SOFTSIGN -> onnx.node("Softsign", name, List.of(input));
            case MISH -> onnx.node("Mul", name, List.of(input, onnx.node("Tanh", name + "/tanh",
                    List.of(onnx.node("Softplus", name + "/softplus", List.of(input))))));
            case EXPONENTIAL -> onnx.node("Exp", name, List.of(input));
        };
    }

    private String clip(String name, Activation activation, String input) {
        return onnx.node("Clip", name, List.of(input, onnx.scalar(name + "/floor", activation.floor()),
                onnx.scalar(name + "/ceiling", activation.ceiling())));
    }

    /** As few operators as say it; in general by choosing between what is above and below the threshold. */
    private String rectified(String name, Activation activation, String input) {
        float slope = activation.numbers().get(1);
        float ceiling = activation.numbers().getLast();
        if (activation.parameter() == 0 && slope >= 0 && ceiling >= 0) {
            String leaky = onnx.node("LeakyRelu", name + "/leaky", List.of(input), new Attribute("alpha", slope));
            return clip(name, Activation.clamp(Float.NEGATIVE_INFINITY, ceiling), leaky);
        }
        if (slope == 0 && ceiling == Float.MAX_VALUE) {
            return onnx.node("ThresholdedRelu", name, List.of(input),
                    new Attribute("alpha", Math.nextDown(activation.parameter())));
        }
        return chosen(name, activation, input);
    }

    private String chosen(String name, Activation activation, String input) {
        String threshold = onnx.scalar(name + "/threshold", activation.parameter());
        String above = onnx.node("Min", name + "/above",
                List.of(input, onnx.scalar(name + "/ceiling", activation.numbers().getLast())));
        String distance = onnx.node("Sub", name + "/distance", List.of(input, threshold));
        String below = onnx.node("Mul", name + "/below",
                List.of(distance, onnx.scalar(name + "/slope", activation.numbers().get(1))));
        String isBelow = onnx.node("Less", name + "/is_below", List.of(input, threshold));
        return onnx.node("Where", name, List.of(isBelow, below, above));
    }

    private String geluTanh(String name, String input) {
        String square = onnx.node("Mul", name + "/square", List.of(input, input));
        String cube = onnx.node("Mul", name + "/cube", List.of(square, input));
        String small = onnx.node("Mul", name + "/small", List.of(cube, onnx.scalar(name + "/factor", 0.044715f)));
        String sum = onnx.node("Add", name + "/sum", List.of(input, small));
        String scaled = onnx.node("Mul", name + "/scaled",
                List.of(sum, onnx.scalar(name + "/root", (float) Math.sqrt(2 / Math.PI))));
        String tangent = onnx.node("Tanh", name + "/tanh", List.of(scaled));
        String twice = onnx.node("Add", name + "/twice", List.of(tangent, onnx.scalar(name + "/one", 1)));
        String half = onnx.node("Mul", name + "/half", List.of(input, onnx.scalar(name + "/one_half", 0.5f)));
        return onnx.node("Mul", name, List.of(half, twice));
    }

    private String gelu(String name, String input) {
        String scaled = onnx.node("Mul", name + "/scaled",
                List.of(input, onnx.scalar(name + "/factor", (float) Math.sqrt(0.5))));
        String error = onnx.node("Erf", name + "/erf", List.of(scaled));
        String twice = onnx.node("Add", name + "/twice", List.of(error, onnx.scalar(name + "/one", 1)));
        String half = onnx.node("Mul", name + "/half", List.of(input, onnx.scalar(name + "/one_half", 0.5f)));
        return onnx.node("Mul", name, List.of(half, twice));
    }
}
