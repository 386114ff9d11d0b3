package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.INPUT;

import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.DecimalText;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.language.attribute.NumbersType;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;

/** Factors and summands of channels, given or trained. */
final class Scales {

    private static final NumbersType NUMBERS = new NumbersType(new NumberType(-3.4028235e38, 3.4028235e38));
    private static final Attribute<List<Double>> FACTOR =
            Attribute.optional("factor", NUMBERS, "1", "what values are multiplied by");
    private static final Attribute<List<Double>> OFFSET =
            Attribute.optional("offset", NUMBERS, "0", "what is added then");
    private static final Attribute<Boolean> GAMMA =
            Attribute.optional("scale", new BooleanType(), "true", "whether there is a trained factor, gamma");
    private static final Attribute<Boolean> BETA =
            Attribute.optional("center", new BooleanType(), "false", "whether there is a trained summand, beta");

    /** Both, in the order of the reference. */
    static final List<Operator> ALL = List.of(
            Operator.of("scale", "x * factor + offset, constants for all channels or for each.",
                    List.of(INPUT, FACTOR, OFFSET), Scale.class,
                    (arguments, _) -> new Scale(floats(arguments.get(FACTOR)), floats(arguments.get(OFFSET))),
                    (op, said) -> {
                        said.set(FACTOR, doubles(op.factors()));
                        said.set(OFFSET, doubles(op.offsets()));
                    }),
            Operator.of("channel_scale", "x * gamma + beta, trained for each channel, also called LayerScale.",
                    List.of(INPUT, GAMMA, BETA), ChannelScale.class,
                    (arguments, context) -> new ChannelScale(new GammaBeta(
                            context.vectorIf(arguments.get(GAMMA), TensorRole.GAMMA, context.input().channels()),
                            context.vectorIf(arguments.get(BETA), TensorRole.BETA, context.input().channels()))),
                    (op, said) -> {
                        said.set(GAMMA, op.weights().gamma().isPresent());
                        said.set(BETA, op.weights().beta().isPresent());
                        said.tensor(TensorRole.GAMMA, op.weights().gamma());
                        said.tensor(TensorRole.BETA, op.weights().beta());
                    }));

    private Scales() {}

    private static List<Float> floats(List<Double> numbers) {
        return numbers.stream().map(Double::floatValue).toList();
    }

    private static List<Double> doubles(List<Float> numbers) {
        return numbers.stream().map(number -> DecimalText.shortest(number)).toList();
    }
}
