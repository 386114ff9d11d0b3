package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.Windowed;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.Optional;

/**
 * Finds the layers that pad as no layer could where the weights come from: TensorFlow's {@code same} puts the odd row
 * and column at the end, PyTorch's layers pad both sides equally. No file tells; at most sizes, both are the same.
 */
final class PaddingCheck {

    private final Assignment assignment;
    private final Diagnostics diagnostics;

    PaddingCheck(Assignment assignment, Diagnostics diagnostics) {
        this.assignment = assignment;
        this.diagnostics = diagnostics;
    }

    /** Reports such layers, all at once, if spec and weights are not of one kind; says what is assumed then. */
    Optional<String> report(List<Node> layers) {
        boolean ofKeras = assignment.ofFile() == NamingConvention.KERAS;
        List<Node> different = layers.stream().filter(_ -> assignment.isFromElsewhere())
                .filter(node -> window(node).filter(window -> ofKeras ? isNearlySame(window, node) : isUneven(window))
                        .isPresent())
                .toList();
        if (different.isEmpty()) {
            return Optional.empty();
        }
        report(new NodeList("layer", different), window(different.getFirst()).orElseThrow(), ofKeras);
        return Optional.of("padding as the spec says");
    }

    private void report(NodeList layers, Window window, boolean ofKeras) {
        String there = ofKeras
                ? "where 'same' of keras is " + describe(same(window, layers.first()))
                : "where layers of " + assignment.profile().label() + " pad both sides equally";
        diagnostics.report(DiagnosticCode.W303, layers.first().span(),
                layers.subject("pads ", "pad, the first ") + describe(window.padding()) + " at this size, " + there
                        + layers.names(),
                "write padding: " + (ofKeras
                        ? "same"
                        : "[" + window.extentHeight() / 2 + ", " + window.extentWidth() / 2 + "]")
                        + " if the network was trained so");
    }

    /** Whether a window has as many results as with {@code same}, but other pixels under it. */
    private static boolean isNearlySame(Window window, Node node) {
        Window other = window.withPadding(same(window, node));
        return !window.padding().equals(Padding.NONE) && !window.equals(other)
                && window.slideOver(node.input().type(), 1).equals(other.slideOver(node.input().type(), 1));
    }

    private static boolean isUneven(Window window) {
        Padding padding = window.padding();
        return padding.top() != padding.bottom() || padding.left() != padding.right();
    }

    private static Padding same(Window window, Node node) {
        return Padding.same(node.input().type().height(), node.input().type().width(), window);
    }

    private static Optional<Window> window(Node node) {
        return node.op() instanceof Windowed windowed ? Optional.of(windowed.window()) : Optional.empty();
    }

    /** The sides, for people. */
    static String describe(Padding padding) {
        return "[top " + padding.top() + ", bottom " + padding.bottom() + ", left " + padding.left() + ", right "
                + padding.right() + "]";
    }
}
