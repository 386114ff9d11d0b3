package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.emit.kernel.ElementwiseKernel;
import io.xceptionc.compiler.emit.kernel.ElementwiseKernel.Combination;
import io.xceptionc.compiler.emit.kernel.ElementwiseKernel.Formula;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;
import java.util.Optional;

/** The steps of operators that compute each element by itself: each is one call, or several that each take one more input in, split by rows. */
final class ElementwiseSteps {

    private ElementwiseSteps() {}

    static void activate(StepCode code, Activation activation) {
        code.add("kernels.$L(frame, $L, $L, $L, $L);\n",
                code.use(new ElementwiseKernel(new Formula.Activate(activation.kind()))),
                code.layout(code.step().input()), StepCode.literal(activation.parameter()),
                code.layout(code.step().output()), rows(code));
    }

    static void affine(StepCode code, Affine op) {
        int channels = code.step().output().channels();
        code.add("kernels.$L(frame, $L, $L, $L, $L, $L);\n", code.use(new ElementwiseKernel(new Formula.Affine())),
                code.layout(code.step().input()),
                StepCode.literal(code.constants().vector(Optional.of(op.scale()), channels)),
                StepCode.literal(code.constants().vector(Optional.of(op.shift()), channels)),
                code.layout(code.step().output()), rows(code));
    }

    /*-
     * kernels.add(frame, SUMMAND, OTHER, SUM, split(96, part, parts), split(96, part + 1, parts));
     */
    static void combine(StepCode code, Combination combination) {
        List<ImageLayout> inputs = code.step().inputs();
        if (inputs.size() < 2) {
            throw new IllegalStateException("a pass left a merge of one value in '" + code.step().node().name() + "'");
        }
        String output = code.layout(code.step().output());
        String combined = code.layout(inputs.getFirst());
        for (ImageLayout other : inputs.subList(1, inputs.size())) {
            code.add("kernels.$L(frame, $L, $L, $L, $L);\n",
                    code.use(new ElementwiseKernel(new Formula.Combine(combination))), combined, code.layout(other),
                    output, rows(code));
            combined = output;
        }
    }

    private static CodeBlock rows(StepCode code) {
        return ImageSteps.range(ImageSteps.rowCount(code.step().output()));
    }
}
