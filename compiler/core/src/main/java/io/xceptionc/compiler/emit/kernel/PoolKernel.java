package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Pooling;
import java.util.List;

/**
 * The maximum or mean under a window, channels as the axis of vectors, the sum row by row. The window is cut where it leaves the
 * image. Where it does not, its taps are written out and it slides along the row.
 *
 * @param reduction maximum or mean
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 */
public record PoolKernel(Reduction reduction, int kernelHeight, int kernelWidth) implements Kernel {

    private static final int MOST_UNROLLED_TAPS = 49;

    @Override
    public String name() {
        return prefix() + kernelHeight + "x" + kernelWidth;
    }

    private String prefix() {
        return reduction.prefix() + "Pool";
    }

    private boolean unrolled() {
        return kernelHeight * kernelWidth <= MOST_UNROLLED_TAPS;
    }

    private Signature pool() {
        return Signature.of(name(), "Pools the rows of blocks from first to before last, counted through all blocks.")
                .withFrame()
                .with(Pooling.class, "pooling").withAll(int.class, "firstRow", "lastRow", "part");
    }

    private Signature cut() {
        return Signature.of(prefix() + "Cut", "The pixels from first to before last of a row, under cut windows.")
                .withFrame().with(Pooling.class, "pooling").withAll(int.class, "block", "y", "firstX", "lastX")
                .with(float[].class, "sums");
    }

    private Signature window() {
        return Signature.of(prefix() + "Window", "One window of one block, cut.").withFrame()
                .with(Pooling.class, "pooling")
                .withAll(int.class, "block", "y", "x").with(float[].class, "sums");
    }

    private Signature run() {
        return Signature.of(name() + "Run", "One vector of channels of neighbouring pixels under whole windows.")
                .withSegment("arena").withAll(long.class, "source", "rowStep", "columnStep", "step", "to")
                .withCount("count");
    }

    private ReduceKernel reduce() {
        return new ReduceKernel(reduction);
    }

    @Override
    public List<Signature> loops() {
        return unrolled() ? List.of(run(), reduce().run()) : List.of(reduce().run());
    }

    @Override
    public MethodSpec declaration() {
        return pool().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        MethodSpec cut = cut().helper(cutBody());
        MethodSpec window = window().helper(windowBody());
        return unrolled()
                ? List.of(pool().implementation(rows()), run().loop(runBody()), cut, window, reduce().method())
                : List.of(pool().implementation(cutRows()), cut, window, reduce().method());
    }

    private CodeBlock rows() {
        return Template.fill(
                """
                        $imageLayout:T input = pooling.input();
                        $imageLayout:T output = pooling.output();
                        float[] sums = frame.sums(part);
                        int firstX = pooling.firstWholeColumn();
                        int lastX = pooling.lastWholeColumn();
                        for (int row = firstRow; row < lastRow; row++) {
                            int block = row / output.height();
                            int y = row % output.height();
                            if (!pooling.isWholeRow(y) || firstX >= lastX) {
                                $prefix:LCut(frame, pooling, block, y, 0, output.width(), sums);
                                continue;
                            }
                            $prefix:LCut(frame, pooling, block, y, 0, firstX, sums);
                            long source = pooling.source(block, y, firstX);
                            long to = output.origin(block) + y * output.rowBytes() + firstX * PIXEL_BYTES;
                            for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                                $name:LRun(frame.arena(), source + lane, pooling.dilationHeight() * input.rowBytes(),
                                        pooling.dilationWidth() * PIXEL_BYTES, pooling.strideWidth() * PIXEL_BYTES, to + lane,
                                        lastX - firstX);
                            }
                            $prefix:LCut(frame, pooling, block, y, lastX, output.width(), sums);
                        }
                        """,
                "name", name(), "prefix", prefix());
    }

    private CodeBlock cutRows() {
        return Template.fill("""
                $imageLayout:T output = pooling.output();
                for (int row = firstRow; row < lastRow; row++) {
                    $prefix:LCut(frame, pooling, row / output.height(), row % output.height(), 0, output.width(),
                            frame.sums(part));
                }
                """, "prefix", prefix());
    }

    private CodeBlock cutBody() {
        return Template.fill("""
                for (int x = firstX; x < lastX; x++) {
                    $prefix:LWindow(frame, pooling, block, y, x, sums);
                }
                """, "prefix", prefix());
    }

    private CodeBlock windowBody() {
        String mean = """
                float count = pooling.countsPadding()
                        ? pooling.kernelHeight() * pooling.kernelWidth()
                        : (pooling.lastRowOfWindow(y) - firstRow) * columns;
                """;
        return Template.fill("""
                $imageLayout:T output = pooling.output();
                long rowStep = pooling.dilationHeight() * pooling.input().rowBytes();
                long columnStep = pooling.dilationWidth() * PIXEL_BYTES;
                int firstRow = pooling.firstRowOfWindow(y);
                int firstColumn = pooling.firstColumnOfWindow(x);
                int columns = pooling.lastColumnOfWindow(x) - firstColumn;
                long source = pooling.source(block, y, x) + firstRow * rowStep + firstColumn * columnStep;
                $start:L
                for (int row = firstRow; row < pooling.lastRowOfWindow(y); row++) {
                    for (int lane = 0; lane < $channels:L; lane += LANES) {
                        $reduce:L(frame.arena(), source + lane * 4L, columnStep, columns, sums, lane);
                    }
                    source += rowStep;
                }
                """ + (reduction == Reduction.MEAN ? mean : "") + """
                long to = output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES;
                $end:L""", "channels", ImageLayout.CHANNELS, "reduce", reduce().name(), "start",
                reduce().start(), "end",
                reduce().end("count"));
    }

    /*-
     * for (int i = 0; i < count; i++) {
     *     FloatVector result = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
     *     result = FloatVector.fromMemorySegment(SPECIES, arena, source + columnStep, ORDER)
     *             .max(result); ...
     *     result.intoMemorySegment(arena, to, ORDER); ...
     * }
     */
    private CodeBlock runBody() {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("for (int i = 0; i < count; i++)");
        code.add(Template.fill(
                "$floatVector:T result = $floatVector:T.fromMemorySegment(SPECIES, arena, source, ORDER);\n"));
        for (int tap = 1; tap < kernelHeight * kernelWidth; tap++) {
            code.add(Template.fill(
                    "result = $floatVector:T.fromMemorySegment(SPECIES, arena, source$at:L, ORDER)\n        .$step:L(result);\n",
                    "step", reduce().step(), "at",
                    DepthwiseKernel.rows(tap / kernelWidth) + DepthwiseKernel.columns(tap % kernelWidth)));
        }
        String end = reduction == Reduction.MEAN ? ".div(" + kernelHeight * kernelWidth + ")" : "";
        return code.add("result$L.intoMemorySegment(arena, to, ORDER);\nsource += step;\nto += PIXEL_BYTES;\n", end)
                .endControlFlow().build();
    }
}
