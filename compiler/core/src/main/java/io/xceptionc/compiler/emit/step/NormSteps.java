package io.xceptionc.compiler.emit.step;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.shared.GroupNormKernel;
import io.xceptionc.runtime.kernel.shared.PixelNormKernel;
import io.xceptionc.runtime.kernel.shared.ResponseNormKernel;
import java.util.Arrays;
import java.util.Optional;

/** The steps that divide by what values are together: each is one call, split by rows or by blocks of channels. */
final class NormSteps {

    private NormSteps() {}

    /*-
     * PixelNormKernel.LAYER_NORM.rows(frame, INPUT, OUTPUT, 1.0E-5f, 4096, 4352, split(48, part, parts),
     *         split(48, part + 1, parts), part);
     */
    static void layerNorm(StepCode code, LayerNorm op) {
        ImageLayout output = code.step().output();
        PixelNormKernel kernel = op.isCentred() ? PixelNormKernel.LAYER_NORM : PixelNormKernel.RMS_NORM;
        code.add("$L.rows(frame, $L, $L, $L, $L, $L, $L, part);\n", code.use(kernel), code.layout(code.step().input()),
                code.layout(output), StepCode.literal((float) op.epsilon()), scale(code, op.weights()),
                shift(code, op.weights()), ImageSteps.range(output.height()));
    }

    /*-
     * GroupNormKernel.GROUP_NORM.units(frame, INPUT, OUTPUT, 8, 1.0E-5f, 4096, 4352, split(2, part, parts),
     *         split(2, part + 1, parts), part);
     */
    static void groupNorm(StepCode code, GroupNorm op) {
        ImageLayout output = code.step().output();
        int groups = op.groupsOf(output.channels());
        int units =
                Math.ceilDiv(output.blockCount(), GroupNormKernel.blocksOfUnit(output.channels(), groups));
        code.add("$L.units(frame, $L, $L, $L, $L, $L, $L, $L, part);\n", code.use(GroupNormKernel.GROUP_NORM),
                code.layout(code.step().input()), code.layout(output), groups, StepCode.literal((float) op.epsilon()),
                scale(code, op.weights()), shift(code, op.weights()), ImageSteps.range(units));
    }

    private static String scale(StepCode code, GammaBeta weights) {
        int channels = code.step().output().channels();
        Tensor gamma = weights.gamma().orElseGet(() -> {
            float[] ones = new float[channels];
            Arrays.fill(ones, 1);
            return Tensor.vector("ones", ones);
        });
        return StepCode.literal(code.constants().vector(Optional.of(gamma), channels));
    }

    private static String shift(StepCode code, GammaBeta weights) {
        return StepCode.literal(code.constants().vector(weights.beta(), code.step().output().channels()));
    }

    /** The kernel takes the least sum of squares, and has places for constants, which do not count. */
    static void l2Norm(StepCode code, L2Norm op) {
        ImageLayout output = code.step().output();
        code.add("$L.rows(frame, $L, $L, $L, 0, 0, $L, part);\n", code.use(PixelNormKernel.L2_NORM),
                code.layout(code.step().input()), code.layout(output),
                StepCode.literal((float) (op.epsilon() * op.epsilon())), ImageSteps.range(output.height()));
    }

    /** The kernel takes the factor of the sum of squares. */
    static void responseNorm(StepCode code, ResponseNorm op) {
        ImageLayout output = code.step().output();
        code.add("$L.rows(frame, $L, $L, $L, $L, $L, $L, $L, part);\n",
                code.use(ResponseNormKernel.LOCAL_RESPONSE_NORM), code.layout(code.step().input()), code.layout(output),
                op.size(), StepCode.literal((float) (op.alpha() / op.size())), StepCode.literal((float) op.beta()),
                StepCode.literal((float) op.bias()), ImageSteps.range(output.height()));
    }
}
