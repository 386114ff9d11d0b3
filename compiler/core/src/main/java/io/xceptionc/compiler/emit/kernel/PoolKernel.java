package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.runtime.kernel.Pooling;
import java.util.List;

/**
 * The maximum or mean under a window, channels as the axis of vectors, the sum row by row. The window is cut where it leaves the
 * image.
 *
 * @param reduction maximum or mean
 */
public record PoolKernel(Reduction reduction) implements Kernel {

    @Override
    public String name() {
        return reduction.prefix() + "Pool";
    }

    private Signature pool() {
        return Signature.of(name(), "Pools the rows of blocks from first to before last, counted through all blocks.")
                .withFrame()
                .with(Pooling.class, "pooling").withAll(int.class, "firstRow", "lastRow");
    }

    private Signature window() {
        return Signature.of(name() + "Window", "One vector of channels under one window.").withSegment("arena")
                .withAll(long.class, "source", "rowStep", "columnStep")
                .withAll(int.class, "rows", "columns").with(long.class, "to").with(float.class, "count");
    }

    @Override
    public MethodSpec declaration() {
        return pool().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(pool().implementation(rows()), window().helper(windowBody()));
    }

    private CodeBlock rows() {
        return Template.fill(
                """
                        $imageLayout:T input = pooling.input();
                        $imageLayout:T output = pooling.output();
                        for (int row = firstRow; row < lastRow; row++) {
                            int block = row / output.height();
                            int y = row % output.height();
                            int top = y * pooling.strideHeight() - pooling.paddingTop();
                            int firstKy = Math.ceilDiv(Math.max(0, -top), pooling.dilationHeight());
                            int lastKy = Math.min(pooling.kernelHeight(),
                                    Math.floorDiv(input.height() - 1 - top, pooling.dilationHeight()) + 1);
                            for (int x = 0; x < output.width(); x++) {
                                int left = x * pooling.strideWidth() - pooling.paddingLeft();
                                int firstKx = Math.ceilDiv(Math.max(0, -left), pooling.dilationWidth());
                                int lastKx = Math.min(pooling.kernelWidth(),
                                        Math.floorDiv(input.width() - 1 - left, pooling.dilationWidth()) + 1);
                                long source = input.origin(block)
                                        + (top + firstKy * pooling.dilationHeight()) * input.rowBytes()
                                        + (left + firstKx * pooling.dilationWidth()) * PIXEL_BYTES;
                                long to = output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES;
                                int count = pooling.countsPadding()
                                        ? pooling.kernelHeight() * pooling.kernelWidth()
                                        : (lastKy - firstKy) * (lastKx - firstKx);
                                for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                                    $name:LWindow(frame.arena(), source + lane, pooling.dilationHeight() * input.rowBytes(),
                                            pooling.dilationWidth() * PIXEL_BYTES, lastKy - firstKy, lastKx - firstKx, to + lane,
                                            count);
                                }
                            }
                        }
                        """,
                "name", name());
    }

    private CodeBlock windowBody() {
        String start = switch (reduction) {
            case MAX -> "Float.NEGATIVE_INFINITY";
            case MEAN -> "0";
        };
        String step = switch (reduction) {
            case MAX -> "max";
            case MEAN -> "add";
        };
        String end = switch (reduction) {
            case MAX -> "";
            case MEAN -> ".div(count)";
        };
        return Template.fill("""
                $floatVector:T result = $floatVector:T.broadcast(SPECIES, $start:L);
                for (int ky = 0; ky < rows; ky++) {
                    long from = source + ky * rowStep;
                    for (int kx = 0; kx < columns; kx++) {
                        result = result.$step:L($floatVector:T.fromMemorySegment(SPECIES, arena, from, ORDER));
                        from += columnStep;
                    }
                }
                result$end:L.intoMemorySegment(arena, to, ORDER);
                """, "start", start, "step", step, "end", end);
    }
}
