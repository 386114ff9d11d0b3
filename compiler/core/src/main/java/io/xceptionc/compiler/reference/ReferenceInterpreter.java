package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/**
 * Computes a network on one image, in double precision and by the formulas of its operators, before or after any pass:
 * what compiled models are tested against.
 *
 * <p>
 * Images are {@code [height, width, channels]} row-major, as {@link Node#type} says. Weights must be bound.
 */
public final class ReferenceInterpreter {

    private ReferenceInterpreter() {}

    /** The network's one result. */
    public static double[] output(Graph graph, float[] image) {
        String name = ((Output) graph.output().op()).name();
        return outputs(graph, image).get(name);
    }

    /** The network's results by their names, in order. */
    public static SequencedMap<String, double[]> outputs(Graph graph, float[] image) {
        SequencedMap<String, double[]> results = new LinkedHashMap<>();
        visit(graph, image, (node, elements) -> {
            if (node.op() instanceof Output output) {
                results.put(output.name(), elements);
            }
        });
        return results;
    }

    /** What each node yields, in the graph's order. Nodes may share an array, so callers must not write to it. */
    public static Map<Node, double[]> values(Graph graph, float[] image) {
        Map<Node, double[]> values = new LinkedHashMap<>();
        visit(graph, image, values::put);
        return values;
    }

    /**
     * What each node yields, by its name, in the graph's order. Nodes may share an array, so callers must not write to
     * it.
     */
    public static Map<String, double[]> valuesByName(Graph graph, float[] image) {
        Map<String, double[]> values = new LinkedHashMap<>();
        visit(graph, image, (node, elements) -> values.put(node.name(), elements));
        return values;
    }

    /**
     * Shows each node with what it yields, in the graph's order, and keeps no value longer than the network needs it.
     *
     * @throws IllegalArgumentException if the image has not the size that the network's input has
     * @throws IllegalStateException if an operator yields a shape that its node does not have
     */
    public static void visit(Graph graph, float[] image, BiConsumer<Node, double[]> visitor) {
        ExactValue input = ExactValue.of(graph.input().type(), image);
        Map<Node, ExactValue> live = new HashMap<>();
        Map<Node, Integer> readsToCome = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<ExactValue> inputs =
                    node.op() instanceof Input ? List.of(input) : node.inputs().stream().map(live::get).toList();
            ExactValue value = apply(node.op(), inputs);
            if (!value.type().equals(node.type())) {
                throw new IllegalStateException(node + " has yielded " + value.type());
            }
            visitor.accept(node, value.elements());
            live.put(node, value);
            readsToCome.put(node, graph.users(node).size());
            for (Node read : node.inputs()) {
                if (readsToCome.merge(read, -1, Integer::sum) == 0) {
                    live.remove(read);
                }
            }
        }
    }

    /** What an operator makes of its inputs; the network's input is that of its {@link Input}. */
    static ExactValue apply(Op op, List<ExactValue> inputs) {
        return switch (op) {
            case Input _, Output _, Dropout _ -> inputs.getFirst();
            case Convolution convolution -> Convolutions.apply(convolution, inputs);
            case ConvTranspose2d convolution -> Convolutions.transposed(convolution, inputs.getFirst());
            case Pool2d pool -> Pools.pool(pool, inputs.getFirst());
            case AdaptivePool2d pool -> Pools.adaptivePool(pool, inputs.getFirst());
            case GlobalPool2d pool -> Pools.globalPool(pool, inputs.getFirst());
            case Activate activate -> Elements.activate(activate.activation(), inputs.getFirst());
            case Add add -> Elements.merge(add, inputs, Double::sum);
            case Multiply multiply -> Elements.merge(multiply, inputs, (a, b) -> a * b);
            case Subtract subtract -> Elements.merge(subtract, inputs, (a, b) -> a - b);
            case Maximum maximum -> Elements.merge(maximum, inputs, Math::max);
            case Minimum minimum -> Elements.merge(minimum, inputs, Math::min);
            case Average average -> Elements.merge(average, inputs, Double::sum).map(sum -> sum / inputs.size());
            case Affine affine -> Elements.affine(affine, inputs.getFirst());
            case BatchNorm batchNorm -> Elements.batchNorm(batchNorm, inputs.getFirst());
            case Scale scale -> Elements.scale(scale, inputs.getFirst());
            case ChannelScale scale -> Elements.channelScale(scale.weights(), inputs.getFirst());
            case LayerNorm norm -> Norms.layerNorm(norm, inputs.getFirst());
            case GroupNorm norm -> Norms.groupNorm(norm, inputs.getFirst());
            case L2Norm norm -> Norms.l2Norm(norm, inputs.getFirst());
            case ResponseNorm norm -> Norms.responseNorm(norm, inputs.getFirst());
            case Prelu prelu -> Elements.prelu(prelu, inputs.getFirst());
            case Softmax _ -> Elements.softmax(inputs.getFirst());
            case ReduceChannels reduce -> Pools.reduceChannels(reduce, inputs.getFirst());
            case LogSoftmax _ -> Elements.logSoftmax(inputs.getFirst());
            case Concat _ -> Arrangements.concat(inputs);
            case ZeroPad2d pad -> Arrangements.zeroPad(pad, inputs.getFirst());
            case Crop2d crop -> Arrangements.crop(crop, inputs.getFirst());
            case Pad2d pad -> Arrangements.pad(pad, inputs.getFirst());
            case SliceChannels slice -> Arrangements.sliceChannels(slice, inputs.getFirst());
            case ShuffleChannels shuffle -> Arrangements.shuffleChannels(shuffle, inputs.getFirst());
            case DepthToSpace depthToSpace -> Arrangements.depthToSpace(depthToSpace, inputs.getFirst());
            case SpaceToDepth spaceToDepth -> Arrangements.spaceToDepth(spaceToDepth, inputs.getFirst());
            case JoinPhases join -> Arrangements.joinPhases(join, inputs);
            case SplitPhases(int block) ->
                    Arrangements.spaceToDepth(new SpaceToDepth(block, PixelOrder.TENSORFLOW), inputs.getFirst());
            case Resize2d resize -> Resizing.resize(resize, inputs.getFirst());
            case RepeatChannels repeat -> Arrangements.repeatChannels(repeat, inputs.getFirst());
            case Flatten flatten -> Arrangements.flatten(flatten, inputs.getFirst());
        };
    }
}
