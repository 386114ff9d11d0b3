package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints plans for people: each step as {@link GraphPrinter} has it, then how it is computed and where the result lies in the arena.
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
            lines.add(GraphPrinter.line(step.node()));
            lines.add("  " + computation(step.computation()));
            if (!(step.op() instanceof Output)) {
                lines.add("  " + place(step));
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String computation(Computation computation) {
        return computation instanceof Computation.MatrixProduct product
                ? computation.algorithm() + " " + product(product.product())
                : computation.algorithm();
    }

    private static String product(ProductPlan product) {
        RowsPlan.Factor factor = product.factor();
        return "[%d, %d] x [%d, %d], %d rows at a time, threads share %s".formatted(factor.pixels(), factor.depth(),
                factor.depth(), factor.columns(), product.chunkRows(), product.sharesPanels() ? "panels" : "rows");
    }

    private static String place(Step step) {
        ImageLayout layout = step.output();
        String border = layout.hasBorder()
                ? ", border " + List.of(layout.top(), layout.bottom(), layout.left(), layout.right())
                : "";
        String blocks = layout.blockChannels() == ImageLayout.CHANNELS ? "" : ", pixels of " + layout.channels();
        return "at %d, %d bytes%s%s%s%s".formatted(layout.byteOffset(), layout.bytes(), border, blocks,
                step.overwritten().map(input -> ", over " + input.name()).orElse(""), inPlace(step));
    }

    private static String inPlace(Step step) {
        return step.inputsInPlace().isEmpty()
                ? ""
                : ", in place: " + step.inputsInPlace().stream().map(Node::name).collect(Collectors.joining(", "));
    }
}
