package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.runtime.kernel.ImageLayout;

/** Reports what is too large for the code of a model, at the layer it comes from. */
public final class SizeLimits {

    /** The kernels of products tell pixels apart by offsets of 32 bits. */
    private static final long LARGEST_BLOCK_BYTES = Integer.MAX_VALUE;
    private static final long LARGEST_ARENA_BYTES = 1L << 38;

    private SizeLimits() {}

    /**
     * Reports values of a rewritten graph that are too large: those of the spec's own layers are checked where they are
     * added.
     */
    public static void check(Graph graph, Diagnostics diagnostics) {
        for (Node node : graph.nodes()) {
            if (node.type().elementCount() > TensorType.LARGEST_ELEMENT_COUNT) {
                diagnostics.report(DiagnosticCode.E205, node.span(),
                        "'" + node.name() + "' is computed by way of " + node.type() + ", more than "
                                + TensorType.LARGEST_ELEMENT_COUNT + " elements",
                        "make its input smaller, or its multiplier");
            }
        }
    }

    /** Reports values that lie in more memory than can be addressed. */
    public static void check(MemoryPlan plan, Diagnostics diagnostics) {
        for (Step step : plan.steps()) {
            if (step.op() instanceof Convolution convolution && !(convolution instanceof DepthwiseConv2d)) {
                step.inputs().stream().skip(1).forEach(residual -> checkBlock(step.firstNode(), residual, diagnostics));
                checkBlock(step.firstNode(), step.firstOutput(), diagnostics);
            }
        }
        if (plan.arenaBytes() > LARGEST_ARENA_BYTES) {
            diagnostics.report(DiagnosticCode.E205, plan.graph().input().span(),
                    "the values of a session take " + plan.arenaBytes() + " bytes, more than " + LARGEST_ARENA_BYTES,
                    "make the input smaller, or its borders: large windows, dilations and padding have large ones");
        }
    }

    private static void checkBlock(Node node, ImageLayout layout, Diagnostics diagnostics) {
        if (layout.blockBytes() > LARGEST_BLOCK_BYTES) {
            diagnostics.report(DiagnosticCode.E205, node.span(),
                    node.op().keyword() + " '" + node.name() + "' yields " + node.type() + ", of which "
                            + ImageLayout.CHANNELS + " channels take " + layout.blockBytes()
                            + " bytes with their border, more than " + LARGEST_BLOCK_BYTES,
                    "make its input smaller, or its stride larger");
        }
    }
}
