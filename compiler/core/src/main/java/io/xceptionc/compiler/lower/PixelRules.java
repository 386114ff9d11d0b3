package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.runtime.PixelRule;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** How the classes of an image's pixels are read, by the layers that the image ends in. */
final class PixelRules {

    private PixelRules() {}

    /**
     * Of several channels the greatest counts. One channel is a class's number if it comes from argmax, a probability
     * if what it comes from is never below 0, as a sigmoid is, and else a logit.
     */
    static PixelRule of(Node output) {
        if (output.type().channels() > 1) {
            return PixelRule.GREATEST;
        }
        if (argmax(output).isPresent()) {
            return PixelRule.NUMBER;
        }
        return isNeverNegative(output, Collections.newSetFromMap(new IdentityHashMap<>()))
                ? PixelRule.PROBABILITY
                : PixelRule.LOGIT;
    }

    /** How many classes an image of one channel tells apart. */
    static int classes(Node output) {
        return argmax(output).map(node -> node.input().type().channels()).orElse(2);
    }

    /** The argmax whose numbers an image has. */
    private static Optional<Node> argmax(Node node) {
        return switch (node.op()) {
            case ReduceChannels(ReduceChannels.Kind kind) when kind == ReduceChannels.Kind.ARGMAX -> Optional.of(node);
            case Resize2d resize when resize.method() == Resize2d.Method.NEAREST -> argmax(node.input());
            case Output _, Crop2d _, Dropout _ -> argmax(node.input());
            default -> Optional.empty();
        };
    }

    /**
     * Whether a value is nowhere below 0, as far as its layers say.
     *
     * @param seen what was asked before, and said yes: a no ends it all
     */
    private static boolean isNeverNegative(Node node, Set<Node> seen) {
        if (!seen.add(node)) {
            return true;
        }
        return switch (node.op()) {
            case Activate(Activation activation) when activation.equals(Activation.IDENTITY) ->
                    isNeverNegative(node.input(), seen);
            case Activate(Activation activation) -> isNeverNegative(activation);
            case Softmax _ -> true;
            case Output _, Crop2d _, Dropout _, Resize2d _, ReduceChannels _ -> isNeverNegative(node.input(), seen);
            case Average _, Maximum _, Minimum _, Multiply _ ->
                    node.inputs().stream().allMatch(input -> isNeverNegative(input, seen));
            default -> false;
        };
    }

    private static boolean isNeverNegative(Activation activation) {
        return switch (activation.kind()) {
            case SIGMOID, HARD_SIGMOID, SLOPED_HARD_SIGMOID, RELU, RELU6, SOFTPLUS, EXPONENTIAL -> true;
            case CLIP -> activation.numbers().getFirst() >= 0;
            default -> false;
        };
    }
}
