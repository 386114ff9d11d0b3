package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.Optional;

/**
 * Finds the transposed convolutions that cut off what no layer could where the weights come from: TensorFlow's {@code
 * same} cuts the odd row and column off the end, PyTorch's {@code output_padding} leaves them there. Beside {@link
 * PaddingCheck}, which looks at windows.
 */
final class CutCheck {

    private final Assignment assignment;
    private final Diagnostics diagnostics;

    CutCheck(Assignment assignment, Diagnostics diagnostics) {
        this.assignment = assignment;
        this.diagnostics = diagnostics;
    }

    /** Reports such layers, all at once, if spec and weights are not of one kind; says what is assumed then. */
    Optional<String> report(List<Node> layers) {
        boolean ofKeras = assignment.ofFile() == NamingConvention.KERAS;
        List<Node> different = layers.stream().filter(_ -> assignment.isFromElsewhere())
                .filter(node -> node.op() instanceof ConvTranspose2d convolution
                        && (ofKeras ? isNearlySame(convolution, node) : cutsMoreAtTheEnd(convolution)))
                .toList();
        if (different.isEmpty()) {
            return Optional.empty();
        }
        report(new NodeList("layer", different), ofKeras);
        return Optional.of("cuts of transposed convolutions as the spec says");
    }

    private void report(NodeList layers, boolean ofKeras) {
        ConvTranspose2d convolution = (ConvTranspose2d) layers.first().op();
        Padding same = ConvTranspose2d.same(convolution.window());
        String there = ofKeras
                ? "where 'same' of keras is " + PaddingCheck.describe(same)
                : "where layers of " + assignment.profile().label() + " cut off no more at the end than at the start";
        diagnostics.report(DiagnosticCode.W303, layers.first().span(),
                layers.subject("cuts off ", "cut off, the first ") + PaddingCheck.describe(left(convolution)) + ", "
                        + there + layers.names(),
                "write padding: " + (ofKeras ? "same" : ofPyTorch(same)) + " if the network was trained so");
    }

    /** What is cut off in the end: what is added below and after is cut off no more. */
    private static Padding left(ConvTranspose2d convolution) {
        Padding cut = convolution.window().padding();
        return new Padding(cut.top(), Math.max(cut.bottom() - convolution.extraHeight(), 0), cut.left(),
                Math.max(cut.right() - convolution.extraWidth(), 0));
    }

    private static boolean cutsMoreAtTheEnd(ConvTranspose2d convolution) {
        Padding cut = left(convolution);
        return cut.bottom() > cut.top() || cut.right() > cut.left();
    }

    /** Whether the result is as large as with {@code same}, but other rows and columns of the whole. */
    private static boolean isNearlySame(ConvTranspose2d convolution, Node node) {
        Window window = convolution.window();
        TensorType input = node.input().type();
        return node.type().height() == (long) input.height() * window.strideHeight()
                && node.type().width() == (long) input.width() * window.strideWidth()
                && !left(convolution).equals(ConvTranspose2d.same(window));
    }

    /**
     * What cuts off as many rows and columns there: the greater half on both sides, and what that is too much added
     * again.
     */
    private static String ofPyTorch(Padding same) {
        return "[" + same.bottom() + ", " + same.right() + "], output_padding: [" + (same.bottom() - same.top()) + ", "
                + (same.right() - same.left()) + "]";
    }
}
