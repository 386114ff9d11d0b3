package io.xceptionc.compiler.language;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.DecimalText;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The functions of single elements, and others that layers can name in {@code activation}: they need no tensors. */
public final class Activations {

    /** The word for no activation. */
    public static final String NONE = "none";

    private static final NumberType FACTOR = new NumberType(-1e6, 1e6);
    private static final NumberType ANY = new NumberType(-3.4028235e38, 3.4028235e38);
    private static final Attribute<Double> MAX =
            Attribute.derived("max", ANY, "no bound", "the greatest value of the result");
    private static final Attribute<Double> MIN =
            Attribute.derived("min", ANY, "no bound", "the least value of the result");
    private static final Attribute<Double> THRESHOLD =
            Attribute.optional("threshold", FACTOR, "0", "the least value that stays as it is");
    private static final Attribute<Double> SLOPE_BELOW =
            Attribute.optional("slope", FACTOR, "0", "factor of what is below the threshold, counted from there");
    private static final Attribute<Double> STEEPNESS =
            Attribute.optional("slope", FACTOR, "1/6", "factor of values; 0.2 in Keras before 3");
    private static final Attribute<Double> SHIFT =
            Attribute.optional("shift", FACTOR, "0.5", "what becomes of zero");
    private static final Attribute<Double> SLOPE =
            Attribute.optional("slope", FACTOR, "0.01", "factor of negative values");
    private static final Attribute<Double> ALPHA =
            Attribute.optional("alpha", FACTOR, "1.0", "what large negative values become, negated");
    private static final Attribute<Double> POSITIVE_ALPHA =
            Attribute.optional("alpha", new NumberType(1e-6, 1e6), "1.0",
                    "what large negative values become, negated");

    /** All of them, in the order of the reference. */
    static final List<Operator> ALL = List.of(
            function("relu", "max(x, 0), or min(x, max), and slope * (x - threshold) where x < threshold.",
                    List.of(MAX, SLOPE_BELOW, THRESHOLD), Activations::relu, Activations::describeRelu),
            function(Kind.RELU6, "min(max(x, 0), 6)."),
            function("clip", "min(max(x, min), max), with one of the two or both.", List.of(MIN, MAX),
                    Activations::clip, Activations::describeClip),
            Operator.of("hard_tanh", "min(max(x, -1), 1).", List.of(LayerAttributes.INPUT),
                    new Activate(Activation.clamp(-1, 1))),
            function(Kind.LEAKY_RELU, "x, or slope * x where x < 0.", SLOPE),
            function(Kind.ELU, "x, or alpha * (exp(x) - 1) where x < 0.", ALPHA),
            function(Kind.SELU, "1.0507 * x, or 1.0507 * 1.6733 * (exp(x) - 1) where x < 0."),
            function(Kind.CELU, "x, or alpha * (exp(x / alpha) - 1) where x < 0.", POSITIVE_ALPHA),
            function(Kind.SIGMOID, "1 / (1 + exp(-x))."),
            function(Kind.TANH, "Hyperbolic tangent."),
            function("hard_sigmoid", "min(max(slope * x + shift, 0), 1).", List.of(STEEPNESS, SHIFT),
                    Activations::hardSigmoid, Activations::describeHardSigmoid),
            function(Kind.HARD_SWISH, "x * min(max(x / 6 + 1/2, 0), 1)."),
            function(Kind.SWISH, "x * sigmoid(x), also called SiLU."),
            function(Kind.GELU, "x / 2 * (1 + erf(x / sqrt(2))), the exact form."),
            function(Kind.GELU_TANH, "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))), near to gelu."),
            function(Kind.SOFTPLUS, "log(1 + exp(x))."),
            function(Kind.SOFTSIGN, "x / (1 + |x|)."),
            function(Kind.MISH, "x * tanh(log(1 + exp(x)))."),
            function(Kind.EXPONENTIAL, "exp(x)."),
            Operator.of("softmax", "Probabilities over the channels.", List.of(LayerAttributes.INPUT), new Softmax()),
            Operator.of("log_softmax", "Logarithms of probabilities over the channels.", List.of(LayerAttributes.INPUT),
                    new LogSoftmax()));

    /** What is applied to the result of a layer. */
    public static final Attribute<String> ACTIVATION = Attribute.optional("activation",
            new ChoiceType(Stream.concat(Stream.of(NONE), ALL.stream().map(Operator::word)).toList()), NONE,
            "function applied to the result, as a layer of its own");

    private static final Attribute<Boolean> SHARED =
            Attribute.optional("shared", new BooleanType(), "false", "whether all channels have one slope");

    /** The one that has weights, which no other layer can name. */
    static final Operator PRELU =
            Operator.of("prelu", "x, or slope * x where x < 0, with a trained slope for each channel.",
                    List.of(LayerAttributes.INPUT, SHARED), Prelu.class,
                    (arguments, context) -> new Prelu(context.tensor(TensorRole.SLOPE,
                            arguments.get(SHARED) ? 1 : context.input().channels())),
                    (op, said) -> {
                        said.set(SHARED, op.shared());
                        said.tensor(TensorRole.SLOPE, op.slope());
                    });

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

    private static Operator function(String word, String description, List<Attribute<?>> parameters,
            Function<AttributeValues, Activation> activation, BiConsumer<Activation, Description> describer) {
        return Operator.of(word, description,
                Stream.concat(Stream.of(LayerAttributes.INPUT), parameters.stream()).<Attribute<?>>map(it -> it)
                        .toList(),
                Activate.class, (arguments, _) -> new Activate(activation.apply(arguments)),
                (op, said) -> describer.accept(op.activation(), said)).requiring(arguments -> Objects.requireNonNull(activation.apply(arguments)));
    }

    private static Activation relu(AttributeValues arguments) {
        float threshold = arguments.get(THRESHOLD).floatValue();
        float slope = arguments.get(SLOPE_BELOW).floatValue();
        return Activation.rectify(threshold, slope, arguments.find(MAX).orElse((double) Float.MAX_VALUE).floatValue());
    }

    private static void describeRelu(Activation relu, Description said) {
        if (relu.kind() == Kind.RECTIFY) {
            sayBound(MAX, relu.numbers().getLast(), said);
            said.set(SLOPE_BELOW, DecimalText.shortest(relu.numbers().get(1)));
            said.set(THRESHOLD, DecimalText.shortest(relu.numbers().getFirst()));
        }
    }

    private static Activation clip(AttributeValues arguments) {
        if (arguments.find(MIN).isEmpty() && arguments.find(MAX).isEmpty()) {
            throw new ShapeException(DiagnosticCode.E104, "has no bound",
                    "write it as a layer of its own with a min or a max, or leave it out");
        }
        float min = arguments.find(MIN).orElse((double) -Float.MAX_VALUE).floatValue();
        float max = arguments.find(MAX).orElse((double) Float.MAX_VALUE).floatValue();
        if (min > max) {
            throw new ShapeException(DiagnosticCode.E105,
                    "has a min of " + DecimalText.of(min) + ", which is above its max of " + DecimalText.of(max),
                    "let min be at most max", "min", "max");
        }
        return Activation.clamp(min, max);
    }

    private static void describeClip(Activation clip, Description said) {
        sayBound(MIN, clip.numbers().getFirst(), said);
        sayBound(MAX, clip.numbers().getLast(), said);
    }

    private static void sayBound(Attribute<Double> bound, float number, Description said) {
        if (Math.abs(number) < Float.MAX_VALUE) {
            said.set(bound, DecimalText.shortest(number));
        }
    }

    private static Activation hardSigmoid(AttributeValues arguments) {
        return Activation.hardSigmoid(arguments.get(STEEPNESS).floatValue(), arguments.get(SHIFT).floatValue());
    }

    private static void describeHardSigmoid(Activation sigmoid, Description said) {
        if (sigmoid.kind() == Kind.SLOPED_HARD_SIGMOID) {
            said.set(STEEPNESS, DecimalText.shortest(sigmoid.parameter()));
            said.set(SHIFT, DecimalText.shortest(sigmoid.numbers().getLast()));
        }
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
