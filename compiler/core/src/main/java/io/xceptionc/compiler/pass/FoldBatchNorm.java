package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code batch_norm(convolution(x)) -> convolution'(x)} where nothing else reads the convolution, also through sums
 * and concatenations of convolutions; otherwise {@code convolution(batch_norm(x)) -> convolution'(x)} where all that
 * read the norm are convolutions that do not pad, for padding is zero after the norm and not before. Other norms
 * stay. Two norms in a row become one {@code affine}.
 */
public final class FoldBatchNorm implements Pass {

    /** How many sums and concatenations within one another a norm goes through. */
    private static final int DEEPEST_NESTING = 8;

    /** Into how many layers' place one node may step: weights are derived one from another no more often than that. */
    private static final int LONGEST_CHAIN = 64;

    @Override
    public Optional<Graph> apply(Graph graph) {
        return graph.rewrite(new Folding(graph)::replace);
    }

    private static final class Folding {

        private final Graph graph;
        private final DerivedWeights weights = new DerivedWeights();
        private final Set<Node> movedOn = new HashSet<>();
        /** How often nodes of the new graph are read; those that only a sum or concatenation reads may be missing. */
        private final Map<Node, Integer> readerCounts = new HashMap<>();

        Folding(Graph graph) {
            this.graph = graph;
        }

        Node replace(Node node, List<Node> inputs) {
            Optional<PerChannelScaling> scaling = PerChannelScaling.of(node.op());
            Node next;
            if (scaling.isEmpty()) {
                next = afterMovedNorm(node, inputs);
            } else if (takesIn(inputs.getFirst(), DEEPEST_NESTING)) {
                next = scaled(inputs.getFirst(), scaling.get(), node);
            } else if (graph.users(node).stream().allMatch(user -> canTakeOver(user, node))) {
                movedOn.add(node);
                return inputs.getFirst();
            } else {
                next = node.withInputs(inputs);
            }
            readerCounts.put(next, graph.users(node).size());
            return next;
        }

        private boolean takesIn(Node value, int nesting) {
            return readerCounts.getOrDefault(value, 1) == 1 && value.origins().size() < LONGEST_CHAIN
                    && switch (value.op()) {
                        case Convolution convolution -> !convolution.fusion().residual()
                                && convolution.fusion().activation().equals(Activation.IDENTITY);
                        case Affine _,BatchNorm _ -> true;
                        case Add _,Concat _ ->
                                nesting > 0 && value.inputs().stream().allMatch(input -> takesIn(input, nesting - 1));
                        case Input _,Output _,Activate _,Pool2d _,GlobalPool2d _ -> false;
                        case Softmax _,ZeroPad2d _,RepeatChannels _,Flatten _,Dropout _ -> false;
                    };
        }

        private Node scaled(Node value, PerChannelScaling scaling, Node norm) {
            if (value.op() instanceof Add) {
                return value.withInputs(scaledSummands(value, scaling, norm)).withOrigins(Node.originsOf(value, norm));
            }
            if (value.op() instanceof Concat) {
                return value.withInputs(scaledParts(value, scaling, norm)).withOrigins(Node.originsOf(value, norm));
            }
            KernelOp op = value.op() instanceof Convolution convolution
                    ? weights.scaleOutput(convolution, scaling)
                    : affineOfBoth(value, scaling);
            return new Node(value.name(), op, value.inputs(), Node.originsOf(value, norm));
        }

        private Affine affineOfBoth(Node first, PerChannelScaling second) {
            PerChannelScaling both =
                    new PerChannelScaling.Sequence(PerChannelScaling.of(first.op()).orElseThrow(), second);
            return weights.affine(both, first.type().channels());
        }

        private List<Node> scaledSummands(Node sum, PerChannelScaling scaling, Node norm) {
            List<Node> summands = new ArrayList<>();
            for (Node input : sum.inputs()) {
                summands.add(
                        scaled(input, summands.isEmpty() ? scaling : new PerChannelScaling.FactorsOnly(scaling), norm));
            }
            return summands;
        }

        private List<Node> scaledParts(Node concatenation, PerChannelScaling scaling, Node norm) {
            List<Node> parts = new ArrayList<>();
            int firstChannel = 0;
            for (Node input : concatenation.inputs()) {
                parts.add(
                        scaled(input, new PerChannelScaling.Slice(scaling, firstChannel, input.type().channels()),
                                norm));
                firstChannel += input.type().channels();
            }
            return parts;
        }

        private Node afterMovedNorm(Node node, List<Node> inputs) {
            if (inputs.isEmpty() || !movedOn.contains(node.input())) {
                return node.withInputs(inputs);
            }
            PerChannelScaling scaling = PerChannelScaling.of(node.input().op()).orElseThrow();
            return new Node(node.name(), weights.scaleInput(scaling, (Convolution) node.op()), inputs,
                    Node.originsOf(node.input(), node));
        }

        private static boolean canTakeOver(Node user, Node norm) {
            return user.op() instanceof Convolution convolution
                    && !convolution.fusion().rectifiesInput()
                    && !pads(convolution)
                    && user.input() == norm
                    && Collections.frequency(user.inputs(), norm) == 1;
        }

        private static boolean pads(Convolution convolution) {
            return switch (convolution) {
                case Conv2d conv2d -> !conv2d.window().padding().equals(Padding.NONE);
                case DepthwiseConv2d depthwise -> !depthwise.window().padding().equals(Padding.NONE);
                case SeparableConv2d separable -> pads(separable.depthwise());
                case Dense _ -> false;
            };
        }
    }
}
