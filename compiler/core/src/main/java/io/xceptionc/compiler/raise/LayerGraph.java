package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Merge;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Removable;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.language.Activations;
import io.xceptionc.compiler.language.Operators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The layers of a network, each after what it reads.
 *
 * <p> {@code conv2d 1x1(depthwise_conv2d(x)) -> separable_conv2d(x)} where nothing stands between them, {@code
 * x_activation(conv x) -> conv x with an activation}, {@code conv2d with a group for each channel -> depthwise_conv2d},
 * {@code identity(x) -> x}.
 */
final class LayerGraph {

    private final Graph graph;
    private final Diagnostics diagnostics;
    private final LanguageOps ops = new LanguageOps();
    private final List<Layer> layers = new ArrayList<>();
    private final Map<Node, Layer> layersByNode = new HashMap<>();
    private final SequencedMap<String, Layer> outputs = new LinkedHashMap<>();

    private LayerGraph(Graph graph, Diagnostics diagnostics) {
        this.graph = graph;
        this.diagnostics = diagnostics;
    }

    /** The layers of a graph; operators that the language has not are reported. */
    static LayerGraph of(Graph graph, Diagnostics diagnostics) {
        LayerGraph layers = new LayerGraph(graph, diagnostics);
        graph.nodes().forEach(layers::add);
        if (!layers.outputs.isEmpty()) {
            layers.readOutputs();
        }
        return layers;
    }

    /** The layers, the network's input first. */
    List<Layer> layers() {
        return List.copyOf(layers);
    }

    /**
     * The layers whose results the network yields, by the names of its outputs; none if it is the last one's and has no
     * name.
     */
    SequencedMap<String, Layer> outputs() {
        return Collections.unmodifiableSequencedMap(outputs);
    }

    private void add(Node node) {
        if (node.op() instanceof Output output) {
            addOutput(node, output);
        } else if (node.op() instanceof Input) {
            append(node, node.op(), Optional.empty(), List.of(), node.name());
        } else if (isIdentity(node) || activationOf(node.input()).filter(node::equals).isPresent()) {
            layersByNode.put(node, layersByNode.get(node.input()));
        } else if (secondHalfOf(node).isEmpty()) {
            addOperator(node);
        }
    }

    /** An output that is the network's input becomes a layer without effect. */
    private void addOutput(Node node, Output output) {
        boolean isUnnamed = graph.outputs().size() == 1 && output.equals(Output.UNNAMED);
        Layer layer = layersByNode.get(node.input());
        if (layer.index() == 0) {
            append(node, new Dropout(), Optional.empty(), List.of(layer), node.input().name());
            layer = layersByNode.get(node);
        }
        if (!isUnnamed) {
            outputs.put(output.name(), layer);
        }
    }

    /** Lets something read all results that have names, so that no structure hides them. It is none of the layers. */
    private void readOutputs() {
        Layer first = outputs.firstEntry().getValue();
        new Layer(layers.size(), Output.UNNAMED, Optional.empty(), List.copyOf(outputs.values()), first.type(),
                Output.UNNAMED.name(), first.span());
    }

    /**
     * Whether a node yields what it reads, and the language has no word for that: it joins no fewer than two values.
     */
    private static boolean isIdentity(Node node) {
        return node.op() instanceof Removable op && op.isIdentity(node.inputs().stream().map(Node::type).toList())
                && (op instanceof Merge || Operators.of(node.op()).isEmpty());
    }

    private void addOperator(Node node) {
        requireExpressible(node);
        Optional<Op> activation = activationOf(node).map(Node::op);
        Node first = node.inputs().isEmpty() ? node : node.input();
        if (secondHalfOf(first).filter(node::equals).isPresent()) {
            Conv2d pointwise = (Conv2d) ops.of(node);
            Op separable =
                    new SeparableConv2d((DepthwiseConv2d) ops.of(first), pointwise.kernel(), pointwise.bias());
            append(node, separable, activation, List.of(layersByNode.get(first.input())),
                    SeparableNames.of(first.name(), node.name()));
        } else {
            append(node, ops.of(node), activation, node.inputs().stream().map(layersByNode::get).toList(), node.name());
        }
    }

    private void append(Node node, Op op, Optional<Op> activation, List<Layer> inputs, String name) {
        Layer layer = new Layer(layers.size(), op, activation, inputs, node.type(), name, node.span());
        layers.add(layer);
        layersByNode.put(node, layer);
    }

    /** The pointwise convolution that makes a separable one of a depthwise convolution. */
    private Optional<Node> secondHalfOf(Node node) {
        return ops.of(node) instanceof DepthwiseConv2d depthwise && depthwise.bias().isEmpty()
                && graph.hasSingleUser(node)
                        ? Optional.of(graph.users(node).getFirst()).filter(user -> isPointwise(ops.of(user)))
                        : Optional.empty();
    }

    private static boolean isPointwise(Op op) {
        return op instanceof Conv2d convolution && convolution.groups() == 1 && convolution.window().isPointwise()
                && convolution.window().strideHeight() == 1 && convolution.window().strideWidth() == 1;
    }

    /** The activation that its name makes a part of a convolution. */
    private Optional<Node> activationOf(Node node) {
        if (!(node.op() instanceof Convolution) || !graph.hasSingleUser(node)) {
            return Optional.empty();
        }
        Node user = graph.users(node).getFirst();
        String separable = node.inputs().isEmpty() ? "" : SeparableNames.of(node.input().name(), node.name());
        boolean isCalledSo =
                user.name().equals(node.name() + "_activation") || user.name().equals(separable + "_activation");
        return isCalledSo && Activations.word(user.op()).isPresent() ? Optional.of(user) : Optional.empty();
    }

    private void requireExpressible(Node node) {
        if (node.op() instanceof Convolution convolution && !convolution.fusion().equals(Fusion.NONE)) {
            throw new IllegalArgumentException("fused already: " + node);
        }
        if (Operators.of(node.op()).isEmpty()) {
            report(node, "computes " + node.op().keyword() + ", for which a spec has no word",
                    "replace it in the source by operators of the spec language");
        } else if (node.op() instanceof SeparableConv2d separable && separable.depthwise().bias().isPresent()) {
            report(node, "has a bias between its halves, which a separable_conv2d has not",
                    "split it into a depthwise_conv2d and a conv2d");
        }
    }

    private void report(Node node, String message, String help) {
        diagnostics.report(DiagnosticCode.E501, node.span(), "node " + Quotation.of(node.name()) + " " + message, help);
    }
}
