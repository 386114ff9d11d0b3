package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.runtime.kernel.shared.ActivationFunction;
import io.xceptionc.runtime.kernel.shared.ActivationKernel;

/**
 * A function of the runtime as source.
 *
 * @param kernel the loop that computes it
 * @param code what makes it
 */
record ActivationSource(ActivationKernel kernel, CodeBlock code) {

    static ActivationSource of(Activation activation) {
        return switch (activation.kind()) {
            case IDENTITY, RELU, RELU6, CLIP -> new ActivationSource(ActivationKernel.CLAMP,
                    CodeBlock.of("$T.clamp($L, $L)", ActivationFunction.class, StepCode.literal(activation.floor()),
                            StepCode.literal(activation.ceiling())));
            case LEAKY_RELU -> ofNumber(ActivationKernel.LEAKY_RELU, activation.parameter());
            case RECTIFY -> named(ActivationKernel.RECTIFY, "rectify", activation);
            case ELU -> ofNumber(ActivationKernel.ELU, activation.parameter());
            case SELU -> named(ActivationKernel.EXPONENTIAL_UNIT, "selu", activation);
            case CELU -> named(ActivationKernel.EXPONENTIAL_UNIT, "celu", activation);
            case SIGMOID -> of(ActivationKernel.SIGMOID);
            case TANH -> of(ActivationKernel.TANH);
            case HARD_SIGMOID -> of(ActivationKernel.HARD_SIGMOID);
            case SLOPED_HARD_SIGMOID -> named(ActivationKernel.SLOPED_HARD_SIGMOID, "hardSigmoid", activation);
            case HARD_SWISH -> of(ActivationKernel.HARD_SWISH);
            case SWISH -> of(ActivationKernel.SWISH);
            case GELU -> of(ActivationKernel.GELU);
            case GELU_TANH -> of(ActivationKernel.GELU_TANH);
            case SOFTPLUS -> of(ActivationKernel.SOFTPLUS);
            case SOFTSIGN -> of(ActivationKernel.SOFTSIGN);
            case MISH -> of(ActivationKernel.MISH);
            case EXPONENTIAL -> of(ActivationKernel.EXPONENTIAL);
        };
    }

    /** By a method of the runtime that takes the activation's numbers. */
    private static ActivationSource named(ActivationKernel kernel, String method, Activation activation) {
        CodeBlock numbers =
                activation.numbers().stream().map(StepCode::literal).map(literal -> CodeBlock.of("$L", literal))
                        .collect(CodeBlock.joining(", "));
        return new ActivationSource(kernel, CodeBlock.of("$T.$L($L)", ActivationFunction.class, method, numbers));
    }

    private static ActivationSource of(ActivationKernel kernel) {
        return new ActivationSource(kernel,
                CodeBlock.of("$T.of($L)", ActivationFunction.class, Kernel.source(kernel)));
    }

    private static ActivationSource ofNumber(ActivationKernel kernel, float number) {
        return new ActivationSource(kernel, CodeBlock.of("$T.of($L, $L)", ActivationFunction.class,
                Kernel.source(kernel), StepCode.literal(number)));
    }
}
