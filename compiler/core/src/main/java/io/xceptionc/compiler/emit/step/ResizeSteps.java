package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Method;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.shared.Resampling;
import io.xceptionc.runtime.kernel.shared.ResizeKernel;

/**
 * The steps of images of another size: tables that say where rows and columns come from, and one call, split by rows.
 */
final class ResizeSteps {

    private ResizeSteps() {}

    /*-
     * ResizeKernel.RESIZE_BILINEAR.rows(frame, INPUT, OUTPUT, UP_ROWS, UP_COLUMNS, split(64, part, parts), split(64, part + 1, parts));
     */
    static void resize(StepCode code, Resize2d op) {
        ImageLayout input = code.step().input();
        ImageLayout output = code.step().output();
        ResizeKernel kernel =
                op.method() == Method.NEAREST ? ResizeKernel.RESIZE_NEAREST : ResizeKernel.RESIZE_BILINEAR;
        String rows = code.constant("ROWS", Resampling.class, "Where the rows of %s come from.", "$L",
                resampling(op, input.height(), output.height()));
        String columns = code.constant("COLUMNS", Resampling.class, "Where the columns of %s come from.", "$L",
                resampling(op, input.width(), output.width()));
        code.add("$L.rows(frame, $L, $L, $L, $L, $L);\n", code.use(kernel), code.layout(input), code.layout(output),
                rows, columns, ImageSteps.range(ImageSteps.rowCount(output)));
    }

    /*-
     * Resampling.linear(Resampling.Rule.HALF_PIXEL, 32, 64, 64.0 / 32)
     */
    private static CodeBlock resampling(Resize2d op, int inputSize, int size) {
        CodeBlock rule = CodeBlock.of("$T.$L", Resampling.Rule.class, rule(op, size));
        CodeBlock sizes = CodeBlock.of("$L, $L, $L.0 / $L", inputSize, size, size, inputSize);
        return switch (op.method()) {
            case NEAREST -> CodeBlock.of("$T.nearest($L, $T.$L, $L)", Resampling.class, rule,
                    Resampling.Rounding.class, op.rounding(), sizes);
            case BILINEAR -> CodeBlock.of("$T.linear($L, $L)", Resampling.class, rule, sizes);
        };
    }

    private static Resampling.Rule rule(Resize2d op, int size) {
        return switch (op.coordinates()) {
            case HALF_PIXEL -> Resampling.Rule.HALF_PIXEL;
            case PYTORCH_HALF_PIXEL -> size == 1 ? Resampling.Rule.ASYMMETRIC : Resampling.Rule.HALF_PIXEL;
            case ALIGN_CORNERS -> Resampling.Rule.ALIGN_CORNERS;
            case ASYMMETRIC -> Resampling.Rule.ASYMMETRIC;
        };
    }
}
