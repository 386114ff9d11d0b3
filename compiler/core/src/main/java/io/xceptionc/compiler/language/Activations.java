package io.xceptionc.compiler.language;

import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.DecimalText;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions of single elements, and others that layers can name in {@code activation}: they need no tensors. */
public final class Activations {

    /** The word for no activation. */
    public static final String NONE = "none";

    private static final NumberType FACTOR = new NumberType(-1e6, 1e6);
    private static final Attribute<Double> SLOPE =
            Attribute.optional("slope", FACTOR, "0.01", "factor of negative values");
    private static final Attribute<Double> ALPHA =
            Attribute.optional("alpha", FACTOR, "1.0", "what large negative values become, negated");

    /** All of them, in the order of the reference. */
    static final List<Operator> ALL = List.of(
            function(Kind.RELU, "max(x, 0)."),
            function(Kind.RELU6, "min(max(x, 0), 6)."),
            function(Kind.LEAKY_RELU, "x, or slope * x where x < 0.", SLOPE),
            function(Kind.ELU, "x, or alpha * (exp(x) - 1) where x < 0.", ALPHA),
            function(Kind.SIGMOID, "1 / (1 + exp(-x))."),
            function(Kind.TANH, "Hyperbolic tangent."),
            function(Kind.HARD_SIGMOID, "min(max(x / 6 + 1/2, 0), 1)."),
            function(Kind.HARD_SWISH, "x * hard_sigmoid(x)."),
            function(Kind.SWISH, "x * sigmoid(x), also called SiLU."),
            function(Kind.GELU, "x / 2 * (1 + erf(x / sqrt(2))), the exact form."),
            function(Kind.SOFTPLUS, "log(1 + exp(x))."),
            Operator.of("softmax", "Probabilities over the channels.", List.of(LayerAttributes.INPUT), new Softmax()));

    /** What is applied to the result of a layer. */
    public static final Attribute<String> ACTIVATION = Attribute.optional("activation",
            new ChoiceType(Stream.concat(Stream.of(NONE), ALL.stream().map(Operator::word)).toList()), NONE,
            "function applied to the result, as a layer of its own");

    private Activations() {}

    private static Operator function(Kind kind, String description) {
        return Operator.of(kind.keyword(), description, List.of(LayerAttributes.INPUT),
                new Activate(new Activation(kind, 0)));
    }

    private static Operator function(Kind kind, String description, Attribute<Double> parameter) {
        return Operator.of(kind.keyword(), description, List.of(LayerAttributes.INPUT, parameter), Activate.class,
                (arguments, _) -> new Activate(new Activation(kind, arguments.get(parameter).floatValue())),
                (op, said) -> said.set(parameter, DecimalText.shortest(op.activation().parameter())));
    }

    /** The operator that {@code activation} names; empty if it is none. */
    public static Optional<Operator> named(String word) {
        return ALL.stream().filter(operator -> operator.word().equals(word)).findFirst();
    }

    /** The word for an operator in {@code activation}; empty if that cannot be said there. */
    public static Optional<String> word(Op op) {
        return named(op.keyword()).filter(operator -> {
            Description said = new Description(NamingConvention.KERAS);
            operator.describe(op, said);
            return said.goesWithoutSaying();
        }).map(Operator::word);
    }

}
