package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.INPUT;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.BooleanType;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;

/** Normalisations. */
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

    private Norms() {}

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
