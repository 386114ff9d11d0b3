package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.LogSoftmax;
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
    private static final float OLD_SLOPE = 0.2f;
    private static final float ONE_HALF = 0.5f;

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
            case "log_softmax" -> new LogSoftmax();
            case "relu" -> new Activate(Activation.RELU);
            case "relu6" -> new Activate(Activation.RELU6);
            case "leaky_relu" -> new Activate(new Activation(Kind.LEAKY_RELU, LEAKY_RELU_FUNCTION_SLOPE));
            case "selu" -> activate(Kind.SELU);
            case "celu" -> new Activate(new Activation(Kind.CELU, 1));
            case "mish" -> activate(Kind.MISH);
            case "softsign" -> activate(Kind.SOFTSIGN);
            case "exponential" -> activate(Kind.EXPONENTIAL);
            case "hard_tanh" -> new Activate(Activation.clamp(-1, 1));
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

    private Op hardSigmoid() {
        return isKeras3 ? activate(Kind.HARD_SIGMOID) : new Activate(Activation.hardSigmoid(OLD_SLOPE, ONE_HALF));
    }

    /** The layer {@code ReLU}. */
    static Op relu(Attributes attributes) throws CannotImportException {
        return new Activate(Activation.rectify(parameter("threshold", attributes.number("threshold", 0)),
                parameter("negative_slope", attributes.number("negative_slope", 0)),
                parameter("max_value", attributes.number("max_value", Float.MAX_VALUE))));
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
