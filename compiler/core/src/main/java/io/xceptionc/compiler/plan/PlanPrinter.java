package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints plans for people: the nodes of each step as {@link GraphPrinter} has them, then how they are computed and
 * where the value of each lies in the arena.
 *
 * <pre>
 * conv1: conv2d(3x3, stride 2x2, bias, relu) input -> [4, 4, 16]  # conv1, bn1, relu1
 *   im2col product [16, 36] x [36, 16], 78 rows at a time, threads share panels
 *   at 1344, 2048 bytes
 * </pre>
 */
public final class PlanPrinter {

    private PlanPrinter() {}

    /** All steps, each line ended by a line feed. */
    public static String print(MemoryPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("# %s: %d steps, %d bytes for all values (no plan could do with less than %d), rows of %d floats"
                .formatted(
                        plan.graph().name(), plan.steps().size(), plan.arenaBytes(), plan.lowerBoundBytes(),
                        plan.rows().strideFloats()));
        for (Step step : plan.steps()) {
            step.nodes().forEach(node -> lines.add(GraphPrinter.line(node)));
            lines.add("  " + computation(step.computation()));
            if (!(step.op() instanceof Output)) {
                lines.add("  " + step.outputs().stream().map(PlanPrinter::place).collect(Collectors.joining("; "))
                        + sharing(step));
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String computation(Computation computation) {
        String along = computation instanceof Computation.PooledProduct ? ", pooled while in the cache" : "";
        return computation.algorithm()
                + computation.matrixProduct().map(product -> " " + product(product.product())).orElse("") + along;
    }

    private static String product(ProductPlan product) {
        RowsPlan.Factor factor = product.factor();
        return "[%d, %d] x [%d, %d], %d rows at a time, threads share %s".formatted(factor.pixels(), factor.depth(),
                factor.depth(), factor.columns(), product.chunkRows(), product.sharesPanels() ? "panels" : "rows");
    }

    private static String place(ImageLayout layout) {
        String border = layout.hasBorder()
                ? ", border " + List.of(layout.top(), layout.bottom(), layout.left(), layout.right())
                : "";
        String blocks = layout.blockChannels() == ImageLayout.CHANNELS ? "" : ", pixels of " + layout.channels();
        return "at %d, %d bytes%s%s".formatted(layout.byteOffset(), layout.bytes(), border, blocks);
    }

    private static String sharing(Step step) {
        String overwritten = step.overwritten().map(input -> ", over " + input.name()).orElse("");
        return step.inputsInPlace().isEmpty()
                ? overwritten
                : overwritten + ", in place: "
                        + step.inputsInPlace().stream().map(Node::name).collect(Collectors.joining(", "));
    }
}
