package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Winograd;

/**
 * Which convolutions are computed by minimal filtering, in squares of 2 x 2 pixels: those with 3 x 3 taps whose weights, which
 * become 16 / 9 as many, are light still, and whose squares are enough for all threads.
 */
public final class WinogradConvolutions {

    private static final int TAPS = 3;
    /** Fewer products of a component than that do not pay for its transformations. */
    private static final int FEWEST_CHANNELS = 16;

    private WinogradConvolutions() {}

    /** Whether a node is computed so. */
    public static boolean fits(Node node) {
        if (!(node.op() instanceof Conv2d conv) || conv.groups() > 1 || conv.fusion().residual()
                || conv.channelsIn() < FEWEST_CHANNELS) {
            return false;
        }
        RowsPlan.Factor factor = factor(conv, node.type());
        return hasSquares(conv.window()) && factor.hasLightWeights() && !RowsPlan.sharesPanels(factor.pixels());
    }

    private static boolean hasSquares(Window window) {
        return window.kernelHeight() == TAPS && window.kernelWidth() == TAPS && window.strideHeight() == 1
                && window.strideWidth() == 1 && window.dilationHeight() == 1 && window.dilationWidth() == 1;
    }

    /** Its matrix rows, one for each square. */
    public static RowsPlan.Factor factor(Conv2d conv, TensorType output) {
        int channels = Math.ceilDiv(conv.channelsIn(), ImageLayout.CHANNELS) * ImageLayout.CHANNELS;
        return new RowsPlan.Factor(Math.ceilDiv(output.height(), 2) * Math.ceilDiv(output.width(), 2),
                Winograd.COMPONENTS * channels, output.channels());
    }

    /** The result with whole squares only. */
    static TensorType wholeSquares(TensorType output) {
        return TensorType.image(even(output.height()), even(output.width()), output.channels());
    }

    private static int even(int length) {
        return length + length % 2;
    }
}
