package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.shared.ActivationFunction;
import io.xceptionc.runtime.kernel.shared.AffineKernel;
import io.xceptionc.runtime.kernel.shared.MergeKernel;
import java.util.List;
import java.util.Optional;

/** The steps of operators that compute each element by itself: each is one call, or several that each take one more input in, split by rows. */
final class ElementwiseSteps {

    private ElementwiseSteps() {}

    /*-
     * SWISH_FUNCTION.rows(frame, INPUT, OUTPUT, split(96, part, parts), split(96, part + 1, parts));
     */
    static void activate(StepCode code, Activation activation) {
        ActivationSource source = ActivationSource.of(activation);
        code.use(source.kernel());
        String function = code.constant("FUNCTION", ActivationFunction.class, "The function of %s.", "$L",
                source.code());
        code.add("$L.rows(frame, $L, $L, $L);\n", function, code.layout(code.step().input()),
                code.layout(code.step().output()), rows(code));
    }

    static void affine(StepCode code, Affine op) {
        int channels = code.step().output().channels();
        code.add("$L.rows(frame, $L, $L, $L, $L, $L);\n", code.use(AffineKernel.AFFINE),
                code.layout(code.step().input()),
                StepCode.literal(code.constants().vector(Optional.of(op.scale()), channels)),
                StepCode.literal(code.constants().vector(Optional.of(op.shift()), channels)),
                code.layout(code.step().output()), rows(code));
    }

    /** The kernel has a place for shifts, which do not count. */
    static void prelu(StepCode code, Prelu op) {
        int channels = code.step().output().channels();
        String slopes = StepCode.literal(code.constants().vector(Optional.of(op.slopes(channels)), channels));
        code.add("$L.rows(frame, $L, $L, $L, $L, $L);\n", code.use(AffineKernel.PRELU),
                code.layout(code.step().input()), slopes, slopes, code.layout(code.step().output()), rows(code));
    }

    /*-
     * MergeKernel.ADD.rows(frame, SUMMAND, OTHER, SUM, split(96, part, parts), split(96, part + 1, parts));
     */
    static void merge(StepCode code, MergeKernel kernel) {
        List<ImageLayout> inputs = code.step().inputs();
        if (inputs.size() < 2) {
            throw new IllegalStateException("a pass left a merge of one value in '" + code.step().node().name() + "'");
        }
        String output = code.layout(code.step().output());
        String merged = code.layout(inputs.getFirst());
        for (ImageLayout other : inputs.subList(1, inputs.size())) {
            code.add("$L.rows(frame, $L, $L, $L, $L);\n", code.use(kernel), merged, code.layout(other), output,
                    rows(code));
            merged = output;
        }
    }

    private static CodeBlock rows(StepCode code) {
        return ImageSteps.range(ImageSteps.rowCount(code.step().output()));
    }
}
