package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.SharedKernel;
import io.xceptionc.runtime.kernel.shared.WindowKernel;
import java.util.List;

/**
 * The maximum or mean under a window, channels as the axis of vectors, the sum row by row. The window is cut where it
 * leaves the image. Where it does not, its taps are written out and it slides along the row; a mean is the sum of its
 * rows' sums then.
 *
 * @param reduction maximum or mean
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 */
public record PoolKernel(Reduction reduction, int kernelHeight, int kernelWidth) implements Kernel {

    private static final int MOST_UNROLLED_TAPS = 49;
    /** So many additions one after another keep a mean exact to a millionth. */
    private static final int LONGEST_SIDES_OF_UNROLLED_MEAN = 16;
    private static final int MOST_LOADS_OF_RUN = 36;

    @Override
    public String name() {
        return reduction.prefix() + "Pool" + kernelHeight + "x" + kernelWidth;
    }

    private boolean unrolled() {
        return kernelHeight * kernelWidth <= MOST_UNROLLED_TAPS
                && (reduction == Reduction.MAX || kernelHeight + kernelWidth <= LONGEST_SIDES_OF_UNROLLED_MEAN);
    }

    private Signature pool() {
        return Signature.of(name(), "Pools the rows of blocks from first to before last, counted through all blocks.")
                .withFrame()
                .with(Pooling.class, "pooling").withAll(int.class, "firstRow", "lastRow");
    }

    private Signature run() {
        return Signature.of(name() + "Run", "A few vectors of channels of neighbouring pixels under whole windows.")
                .withSegment("arena").withAll(long.class, "source", "rowStep", "columnStep", "step", "to")
                .withCount("count");
    }

    /** What takes cut windows, and such as are too large to be written out. */
    private WindowKernel cut() {
        return reduction == Reduction.MAX ? WindowKernel.MAX_WINDOW : WindowKernel.AVG_WINDOW;
    }

    @Override
    public List<Signature> loops() {
        return unrolled() ? List.of(run()) : List.of();
    }

    @Override
    public List<SharedKernel> sharedKernels() {
        return List.of(cut());
    }

    @Override
    public MethodSpec declaration() {
        return pool().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return unrolled()
                ? List.of(pool().implementation(rows(width)), run().loop(runBody(width)))
                : List.of(pool().implementation(cutRows()));
    }

    private CodeBlock rows(VectorWidth width) {
        return Template.fill(
                """
                        $imageLayout:T input = pooling.input();
                        $imageLayout:T output = pooling.output();
                        int firstX = pooling.firstWholeColumn();
                        int lastX = pooling.lastWholeColumn();
                        for (int row = firstRow; row < lastRow; row++) {
                            int block = row / output.height();
                            int y = row % output.height();
                            if (!pooling.isWholeRow(y) || firstX >= lastX) {
                                $cut:L.poolPixels(frame, pooling, block, y, 0, output.width());
                                continue;
                            }
                            $cut:L.poolPixels(frame, pooling, block, y, 0, firstX);
                            long source = pooling.source(block, y, firstX);
                            long to = output.origin(block) + y * output.rowBytes() + firstX * PIXEL_BYTES;
                            for (long lane = 0; lane < PIXEL_BYTES; lane += $runBytes:L) {
                                $name:LRun(frame.arena(), source + lane, pooling.dilationHeight() * input.rowBytes(),
                                        pooling.dilationWidth() * PIXEL_BYTES, pooling.strideWidth() * PIXEL_BYTES, to + lane,
                                        lastX - firstX);
                            }
                            $cut:L.poolPixels(frame, pooling, block, y, lastX, output.width());
                        }
                        """,
                "name", name(), "cut", Kernel.source(cut()), "runBytes", vectorsOfRun(width) * width.bytes());
    }

    private CodeBlock cutRows() {
        return Template.fill("""
                $imageLayout:T output = pooling.output();
                for (int row = firstRow; row < lastRow; row++) {
                    int block = row / output.height();
                    $cut:L.poolPixels(frame, pooling, block, row % output.height(), 0, output.width());
                }
                """, "cut", Kernel.source(cut()));
    }

    /** How many vectors of a pixel a run takes: whole pixels come through the caches once, but the code stays small. */
    private int vectorsOfRun(VectorWidth width) {
        int vectors = width.vectorsOfBlock();
        while (vectors > 1 && vectors * kernelHeight * kernelWidth > MOST_LOADS_OF_RUN) {
            vectors /= 2;
        }
        return vectors;
    }

    /*-
     * for (int i = 0; i < count; i++) {
     *     FloatVector value0;
     *     FloatVector result0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
     *     value0 = FloatVector.fromMemorySegment(SPECIES, arena, source + columnStep, ORDER);
     *     result0 = value0.blend(result0, value0.lt(result0)); ...
     *     result0.intoMemorySegment(arena, to, ORDER); ...
     * }
     */
    private CodeBlock runBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("for (int i = 0; i < count; i++)");
        String end = reduction == Reduction.MEAN ? ".div(" + kernelHeight * kernelWidth + ")" : "";
        for (int j = 0; j < vectorsOfRun(width); j++) {
            String lane = Template.plus(j * width.bytes());
            code.add("FloatVector value$L;\n", j);
            for (int y = 0; y < kernelHeight; y++) {
                code.add(rowOfRun(y, j, lane));
            }
            code.add("result$L$L.intoMemorySegment(arena, to$L, ORDER);\n", j, end, lane);
        }
        return code.add("source += step;\nto += PIXEL_BYTES;\n").endControlFlow().build();
    }

    /** Takes a row of the window in: of a maximum tap by tap, of a mean its sum. */
    private CodeBlock rowOfRun(int y, int j, String lane) {
        boolean startsOwnSum = y > 0 && reduction == Reduction.MEAN;
        String result = (startsOwnSum ? "row" + y + "_" : "result") + j;
        CodeBlock.Builder code = CodeBlock.builder();
        for (int x = 0; x < kernelWidth; x++) {
            boolean starts = x == 0 && (y == 0 || startsOwnSum);
            code.add(Template.fill(
                    "$target:L = $floatVector:T.fromMemorySegment(SPECIES, arena, source$at:L, ORDER);\n", "target",
                    starts ? "FloatVector " + result : "value" + j, "at",
                    Template.plus(y, "rowStep") + Template.plus(x, "columnStep") + lane));
            if (!starts) {
                code.add(reduction == Reduction.MAX
                        ? takeMaximum(result, "value" + j)
                        : CodeBlock.of("$1L = value$2L.add($1L);\n", result, j));
            }
        }
        return (startsOwnSum ? code.add("result$1L = row$2L_$1L.add(result$1L);\n", j, y) : code).build();
    }

    /** Takes a value into a maximum, in two instructions, not six; one that is not a number may get lost in it. */
    private static CodeBlock takeMaximum(String result, String value) {
        return Template.fill("$result:L = $value:L.blend($result:L, $value:L.lt($result:L));\n", "result", result,
                "value", value);
    }
}
