package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.CommutesWithChannelScaling;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Windowed;
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
 * stay. Two norms in a row become one {@code affine}. Scales are such norms.
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
            Optional<PerChannelScaling> scaling = PerChannelScaling.of(node);
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
                    && (PerChannelScaling.of(value).isPresent()
                            || (value.op() instanceof Convolution convolution && isLinear(convolution))
                            || (value.op() instanceof CommutesWithChannelScaling op && nesting > 0
                                    && op.commutes(value.inputs().stream().map(Node::type).toList())
                                    && value.inputs().stream().allMatch(input -> takesIn(input, nesting - 1))));
        }

        private static boolean isLinear(Convolution convolution) {
            return !convolution.fusion().residual() && convolution.fusion().activation().equals(Activation.IDENTITY);
        }

        private Node scaled(Node value, PerChannelScaling scaling, Node norm) {
            if (value.op() instanceof CommutesWithChannelScaling op) {
                return value.withInputs(scaledInputs(value, op, scaling, norm))
                        .withOrigins(Node.originsOf(value, norm));
            }
            KernelOp op = value.op() instanceof Convolution convolution
                    ? weights.scaleOutput(convolution, scaling)
                    : affineOfBoth(value, scaling);
            return new Node(value.name(), op, value.inputs(), Node.originsOf(value, norm));
        }

        private Affine affineOfBoth(Node first, PerChannelScaling second) {
            PerChannelScaling both =
                    new PerChannelScaling.Sequence(PerChannelScaling.of(first).orElseThrow(), second);
            return weights.affine(both, first.type().channels());
        }

        private List<Node> scaledInputs(Node value, CommutesWithChannelScaling op, PerChannelScaling scaling,
                Node norm) {
            List<CommutesWithChannelScaling.Share> shares =
                    op.shares(value.inputs().stream().map(Node::type).toList());
            List<Node> inputs = new ArrayList<>();
            for (int index = 0; index < shares.size(); index++) {
                CommutesWithChannelScaling.Share share = shares.get(index);
                PerChannelScaling part = share.isWhole(value.type())
                        ? scaling
                        : new PerChannelScaling.Slice(scaling, share.firstChannel(), share.channelCount());
                inputs.add(scaled(value.inputs().get(index),
                        share.takesSummands() ? part : new PerChannelScaling.FactorsOnly(part), norm));
            }
            return inputs;
        }

        private Node afterMovedNorm(Node node, List<Node> inputs) {
            if (inputs.isEmpty() || !movedOn.contains(node.input())) {
                return node.withInputs(inputs);
            }
            PerChannelScaling scaling = PerChannelScaling.of(node.input()).orElseThrow();
            return new Node(node.name(), weights.scaleInput(scaling, (Convolution) node.op()), inputs,
                    Node.originsOf(node.input(), node));
        }

        private static boolean canTakeOver(Node user, Node norm) {
            return user.op() instanceof Convolution convolution
                    && convolution.fusion().prologue().isEmpty()
                    && !(user.op() instanceof Windowed windowed && !windowed.window().padding().equals(Padding.NONE))
                    && user.input() == norm
                    && Collections.frequency(user.inputs(), norm) == 1;
        }
    }
}
