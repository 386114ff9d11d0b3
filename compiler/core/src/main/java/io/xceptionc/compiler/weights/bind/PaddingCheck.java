package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Elementwise;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.Optional;

/**
 * Finds the layers that pad as no layer could where the weights come from: TensorFlow's {@code same} puts the odd row and column
 * at the end, PyTorch's layers pad both sides equally. No file tells; at most sizes, both are the same.
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
        return switch (node.op()) {
            case Conv2d convolution -> Optional.of(convolution.window());
            case DepthwiseConv2d depthwise -> Optional.of(depthwise.window());
            case SeparableConv2d separable -> Optional.of(separable.depthwise().window());
            case Pool2d pool -> Optional.of(pool.window());
            case Input _,Output _,Dense _,GlobalPool2d _,Elementwise _,Softmax _,Concat _,ZeroPad2d _,RepeatChannels _,Flatten _,BatchNorm _,Dropout _ ->
                    Optional.empty();
        };
    }

    private static String describe(Padding padding) {
        return "[top " + padding.top() + ", bottom " + padding.bottom() + ", left " + padding.left() + ", right "
                + padding.right() + "]";
    }
}
