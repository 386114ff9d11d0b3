package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.runtime.image.ArrayScaling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What a network consists of and costs.
 *
 * @param model the model's name
 * @param input the input's shape, {@code [h, w, c]}
 * @param arrays what is computed of an array before the network sees it
 * @param parameters numbers in all weights; those that layers share count once
 * @param trainableParameters those that training changes by gradient, so not the statistics of batch norms
 * @param macs multiply-accumulate operations for one image; {@link Long#MAX_VALUE} if there are more than that
 * @param layers in the spec's order
 */
public record Summary(
        String model,
        List<Integer> input,
        ArrayScaling arrays,
        long parameters,
        long trainableParameters,
        long macs,
        List<Layer> layers) {

    /**
     * One layer.
     *
     * @param name the layer's name
     * @param op the operator's keyword
     * @param output the result's shape, {@code [h, w, c]} or {@code [c]}
     * @param parameters numbers in its weights; 0 for those of an earlier layer
     * @param macs multiply-accumulate operations for one image
     * @param line where the spec names it
     */
    public record Layer(String name, String op, List<Integer> output, long parameters, long macs, int line) {

        public Layer {
            output = List.copyOf(output);
        }
    }

    public Summary {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
    }

    /** The summary of a network. */
    public static Summary of(LoweredNetwork network) {
        Set<Tensor> counted = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Layer> layers = new ArrayList<>();
        long parameters = 0;
        long statistics = 0;
        long macs = 0;
        for (Node node : network.layers()) {
            List<Tensor> own = node.op().tensors().stream().filter(counted::add).toList();
            long ownMacs = node.op().multiplyAccumulates(node.inputs().stream().map(Node::type).toList());
            layers.add(new Layer(node.name(), node.op().keyword(), node.type().dimensions(), elementCount(own), ownMacs,
                    node.span().line()));
            parameters += elementCount(own);
            statistics += elementCount(own.stream().filter(tensor -> isStatistic(node, tensor)).toList());
            macs = macs > Long.MAX_VALUE - ownMacs ? Long.MAX_VALUE : macs + ownMacs;
        }
        return new Summary(network.spec().model(), network.graph().input().type().dimensions(),
                PictureInput.ofArrays(network), parameters,
                parameters - statistics, macs, layers);
    }

    private static long elementCount(List<Tensor> tensors) {
        return tensors.stream().mapToLong(Tensor::elementCount).sum();
    }

    private static boolean isStatistic(Node node, Tensor tensor) {
        return node.op() instanceof BatchNorm norm && (tensor == norm.mean() || tensor == norm.variance());
    }
}
