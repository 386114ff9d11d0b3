package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.INPUT;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Normalisations: by the statistics of the training, and by those of the values at hand. */
final class Norms {

    private static final Attribute<Double> EPSILON = Attribute.derived("epsilon", new NumberType(1e-12, 1),
            "1e-3 with keras weights, 1e-5 with pytorch", "what is added to the variance");
    private static final Attribute<Boolean> SCALE =
            Attribute.optional("scale", new BooleanType(), "true", "whether there is a trained factor, gamma");
    private static final Attribute<Boolean> CENTER =
            Attribute.optional("center", new BooleanType(), "true", "whether there is a trained summand, beta");

    static final Operator BATCH_NORM =
            Operator.of("batch_norm", "Batch normalisation with the statistics of the training.",
                    List.of(INPUT, EPSILON, SCALE, CENTER), BatchNorm.class, Norms::batchNorm, Norms::describe);

    private static final Attribute<Double> SMALL_EPSILON =
            Attribute.optional("epsilon", new NumberType(1e-12, 1), "1e-6", "what is added to the mean square");
    private static final Attribute<Integer> GROUPS = Attribute.required("groups", LayerAttributes.CHANNEL_COUNT, "8",
            "how many groups of neighbouring channels have a mean and variance of their own");
    private static final Attribute<Double> LEAST_LENGTH = Attribute.optional("epsilon", new NumberType(1e-18, 1e6),
            "1e-12", "what the length is at least taken for");
    private static final Attribute<Integer> SIZE = Attribute.optional("size",
            new IntegerType(1, ResponseNorm.LARGEST_SIZE), "5",
            "how many channels are summed up, the larger half after");
    private static final Attribute<Double> ALPHA =
            Attribute.optional("alpha", new NumberType(0, 1e6), "1e-4", "factor of the mean square");
    private static final Attribute<Double> BETA =
            Attribute.optional("beta", new NumberType(0, 100), "0.75", "exponent");
    private static final Attribute<Double> BIAS =
            Attribute.optional("bias", new NumberType(1e-6, 1e6), "1", "what is added to the mean square times alpha");

    /** All but batch_norm, in the order of the reference. */
    static final List<Operator> OF_VALUES = List.of(
            layerNorm("layer_norm", "Channels of each pixel by their own mean and variance.", true, EPSILON),
            layerNorm("rms_norm", "Channels of each pixel by their mean square.", false, SMALL_EPSILON),
            Operator.of("group_norm", "Groups of channels by their mean and variance over the whole image.",
                    List.of(INPUT, GROUPS, EPSILON, SCALE, CENTER), GroupNorm.class,
                    (arguments, context) -> groupNorm(OptionalInt.of(arguments.get(GROUPS)), arguments, context),
                    (op, said) -> {
                        said.set(GROUPS, op.groups().orElseThrow());
                        describe(op, said);
                    }),
            Operator.of("instance_norm", "Each channel by its mean and variance over the whole image.",
                    List.of(INPUT, EPSILON, SCALE, CENTER), GroupNorm.class,
                    (arguments, context) -> groupNorm(OptionalInt.empty(), arguments, context), Norms::describe),
            Operator.of("l2_norm", "Channels of each pixel by the length of their vector.",
                    List.of(INPUT, LEAST_LENGTH), L2Norm.class,
                    (arguments, _) -> new L2Norm(arguments.get(LEAST_LENGTH)),
                    (op, said) -> said.set(LEAST_LENGTH, op.epsilon())),
            Operator.of("lrn", "x / (bias + alpha * mean of the squares of channels around it) ^ beta.",
                    List.of(INPUT, SIZE, ALPHA, BETA, BIAS), ResponseNorm.class,
                    (arguments, _) -> new ResponseNorm(arguments.get(SIZE), arguments.get(ALPHA), arguments.get(BETA),
                            arguments.get(BIAS)),
                    (op, said) -> {
                        said.set(SIZE, op.size());
                        said.set(ALPHA, op.alpha());
                        said.set(BETA, op.beta());
                        said.set(BIAS, op.bias());
                    }));

    private Norms() {}

    private static Operator layerNorm(String word, String description, boolean isCentred, Attribute<Double> epsilon) {
        return Operator.of(word, description, List.of(INPUT, epsilon, SCALE, CENTER), LayerNorm.class,
                (arguments, context) -> new LayerNorm(isCentred, weights(arguments, context),
                        arguments.find(epsilon).orElse(context.convention().defaultEpsilon())),
                (op, said) -> {
                    if (isCentred) {
                        said.set(epsilon, op.epsilon(), said.convention().defaultEpsilon());
                    } else {
                        said.set(epsilon, op.epsilon());
                    }
                    describe(op.weights(), said);
                });
    }

    private static GroupNorm groupNorm(OptionalInt groups, AttributeValues arguments, LayerContext context) {
        double epsilon = arguments.find(EPSILON).orElse(context.convention().defaultEpsilon());
        new GroupNorm(groups, GammaBeta.NONE, epsilon).outputType(context.inputs());
        return new GroupNorm(groups, weights(arguments, context), epsilon);
    }

    private static void describe(GroupNorm op, Description said) {
        said.set(EPSILON, op.epsilon(), said.convention().defaultEpsilon());
        describe(op.weights(), said);
    }

    private static GammaBeta weights(AttributeValues arguments, LayerContext context) {
        int channels = context.input().channels();
        return new GammaBeta(context.vectorIf(arguments.get(SCALE), TensorRole.GAMMA, channels),
                context.vectorIf(arguments.get(CENTER), TensorRole.BETA, channels));
    }

    private static void describe(GammaBeta weights, Description said) {
        said.set(SCALE, weights.gamma().isPresent());
        said.set(CENTER, weights.beta().isPresent());
        said.tensor(TensorRole.GAMMA, weights.gamma());
        said.tensor(TensorRole.BETA, weights.beta());
    }

    private static BatchNorm batchNorm(AttributeValues arguments, LayerContext context) {
        int channels = context.input().channels();
        Optional<Tensor> gamma = context.vectorIf(arguments.get(SCALE), TensorRole.GAMMA, channels);
        Optional<Tensor> beta = context.vectorIf(arguments.get(CENTER), TensorRole.BETA, channels);
        return new BatchNorm(gamma, beta, context.tensor(TensorRole.MOVING_MEAN, channels),
                context.tensor(TensorRole.MOVING_VARIANCE, channels),
                arguments.find(EPSILON).orElse(context.convention().defaultEpsilon()));
    }

    private static void describe(BatchNorm op, Description said) {
        said.set(EPSILON, op.epsilon(), said.convention().defaultEpsilon());
        said.set(SCALE, op.gamma().isPresent());
        said.set(CENTER, op.beta().isPresent());
        said.tensor(TensorRole.GAMMA, op.gamma());
        said.tensor(TensorRole.BETA, op.beta());
        said.tensor(TensorRole.MOVING_MEAN, op.mean());
        said.tensor(TensorRole.MOVING_VARIANCE, op.variance());
    }
}
