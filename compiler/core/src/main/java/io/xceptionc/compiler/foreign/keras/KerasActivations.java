package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Softmax;
import java.util.Optional;

/**
 * Keras' activations, by name and as layers.
 *
 * @param isKeras3 whether names mean what they mean in Keras 3
 * @see <a href="https://keras.io/api/layers/activations/">Keras, layer activation functions</a>
 */
record KerasActivations(boolean isKeras3) {

    private static final float LEAKY_RELU_FUNCTION_SLOPE = 0.2f;
    private static final double LEAKY_RELU_LAYER_SLOPE = 0.3;
    private static final double SIX = 6;

    /** What an attribute {@code activation} names; empty if that is nothing. */
    Optional<Op> named(Json activation) throws CannotImportException {
        if (!activation.isPresent()) {
            return Optional.empty();
        }
        String name = activation.text().or(() -> activation.get("config").text())
                .or(() -> activation.get("class_name").text()).orElse("");
        if (name.equals("linear")) {
            return Optional.empty();
        }
        return Optional.of(switch (name) {
            case "softmax" -> new Softmax();
            case "relu" -> new Activate(Activation.RELU);
            case "relu6" -> new Activate(Activation.RELU6);
            case "leaky_relu" -> new Activate(new Activation(Kind.LEAKY_RELU, LEAKY_RELU_FUNCTION_SLOPE));
            case "elu" -> new Activate(new Activation(Kind.ELU, 1));
            case "sigmoid" -> activate(Kind.SIGMOID);
            case "tanh" -> activate(Kind.TANH);
            case "swish", "silu" -> activate(Kind.SWISH);
            case "gelu" -> activate(Kind.GELU);
            case "softplus" -> activate(Kind.SOFTPLUS);
            case "hard_swish", "hard_silu" -> activate(Kind.HARD_SWISH);
            case "hard_sigmoid" -> hardSigmoid();
            default -> throw new CannotImportException("there is no activation " + Quotation.of(name)
                    + " in the spec language", "");
        });
    }

    private static Op activate(Kind kind) {
        return new Activate(new Activation(kind, 0));
    }

    private Op hardSigmoid() throws CannotImportException {
        if (!isKeras3) {
            throw new CannotImportException("the hard_sigmoid of Keras before 3 is another one, 0.2 * x + 0.5 cut off",
                    "train it with that of Keras 3, relu6(x + 3) / 6");
        }
        return activate(Kind.HARD_SIGMOID);
    }

    /** The layer {@code ReLU}. */
    static Op relu(Attributes attributes) throws CannotImportException {
        double slope = attributes.number("negative_slope", 0);
        Json ceiling = attributes.config().get("max_value");
        if (attributes.number("threshold", 0) != 0) {
            throw new CannotImportException("its threshold is not 0", "");
        }
        if (!ceiling.isPresent()) {
            return slope == 0 ? new Activate(Activation.RELU) : leakyRelu(slope);
        }
        if (attributes.number("max_value", 0) != SIX || slope != 0) {
            throw new CannotImportException("its max_value is not 6, or it has a negative_slope, too", "");
        }
        return new Activate(Activation.RELU6);
    }

    /** The layer {@code LeakyReLU}, whose slope was called {@code alpha} before Keras 3. */
    static Op leakyRelu(Attributes attributes) throws CannotImportException {
        return leakyRelu(attributes.number("negative_slope", attributes.number("alpha", LEAKY_RELU_LAYER_SLOPE)));
    }

    private static Op leakyRelu(double slope) throws CannotImportException {
        return new Activate(new Activation(Kind.LEAKY_RELU, parameter("slope", slope)));
    }

    private static float parameter(String name, double value) throws CannotImportException {
        if (!Float.isFinite((float) value)) {
            throw new CannotImportException("its " + name + " is " + value + ", more than 32 bits can say", "");
        }
        return (float) value;
    }

    /** The layer {@code ELU}. */
    static Op elu(Attributes attributes) throws CannotImportException {
        return new Activate(new Activation(Kind.ELU, parameter("alpha", attributes.number("alpha", 1))));
    }
}
