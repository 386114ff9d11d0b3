package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.shared.ActivationFunction;
import io.xceptionc.runtime.kernel.shared.AffineKernel;
import io.xceptionc.runtime.kernel.shared.MergeKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The steps of operators that compute each element by itself: each is one call, or several that each take one more
 * input in, split by rows.
 */
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
        code.add("$L.rows(frame, $L,$W$L,$W$L);\n", function, code.layout(code.step().input()),
                code.layout(code.step().output()), rows(code));
    }

    static void affine(StepCode code, Affine op) {
        int channels = code.step().output().channels();
        code.add("$L.rows(frame, $L, $L, $L,$W$L,$W$L);\n", code.use(AffineKernel.AFFINE),
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
        merge(code, kernel, kernel);
    }

    /** What the first value is less by, or, where another is larger, what that one is taken from. */
    static void subtract(StepCode code) {
        boolean isFirstWhole = code.step().node().input().type().equals(code.step().node().type());
        merge(code, isFirstWhole ? MergeKernel.SUBTRACT : MergeKernel.SUBTRACT_FROM, MergeKernel.SUBTRACT);
    }

    /** The sum, and then the share of each in it. */
    static void average(StepCode code) {
        merge(code, MergeKernel.ADD);
        int channels = code.step().output().channels();
        float[] shares = new float[channels];
        Arrays.fill(shares, 1f / code.step().inputs().size());
        String output = code.layout(code.step().output());
        code.add("$L.rows(frame, $L, $L, $L,$W$L,$W$L);\n", code.use(AffineKernel.AFFINE), output,
                StepCode.literal(code.constants().vector(Optional.of(Tensor.vector("shares", shares)), channels)),
                StepCode.literal(code.constants().vector(Optional.empty(), channels)), output, rows(code));
    }

    private static void merge(StepCode code, MergeKernel first, MergeKernel next) {
        List<ImageLayout> inputs = new ArrayList<>(code.step().inputs());
        if (inputs.size() < 2) {
            throw new IllegalStateException("a pass left a merge of one value in '" + code.step().node().name() + "'");
        }
        String output = code.layout(code.step().output());
        String merged = code.layout(inputs.remove(firstWhole(code.step().node())));
        MergeKernel kernel = first;
        for (ImageLayout other : inputs) {
            code.add("$L.rows(frame, $L, $L,$W$L,$W$L);\n", code.use(kernel.with(code.step().output(), other)), merged,
                    code.layout(other), output, rows(code));
            merged = output;
            kernel = next;
        }
    }

    /** The place of the first value that has the result's shape. */
    private static int firstWhole(Node node) {
        return node.inputs().stream().map(Node::type).toList().indexOf(node.type());
    }

    private static CodeBlock rows(StepCode code) {
        return ImageSteps.range(ImageSteps.rowCount(code.step().output()));
    }
}
