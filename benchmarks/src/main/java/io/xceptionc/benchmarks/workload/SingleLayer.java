package io.xceptionc.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An operator of the spec language as a network of its own, at a size that real networks have.
 *
 * @param name what tables call it: the operator's word, and what else tells it from others of that word
 * @param height of the input
 * @param width of the input
 * @param channels of the input
 * @param layers as the spec language has them, one a line
 */
public record SingleLayer(String name, int height, int width, int channels, String layers) {

    /** Every operator of the language that computes something, in the order of the reference. */
    public static final List<SingleLayer> ALL = List.of(
            middle("conv2d", "- conv2d: {filters: 240, kernel: 1}"),
            early("conv2d 3x3, groups", "- conv2d: {filters: 64, kernel: 3, padding: 1, groups: 4}"),
            middle("depthwise_conv2d", "- depthwise_conv2d: {kernel: 3, padding: 1}"),
            middle("depthwise_conv2d, multiplier", "- depthwise_conv2d: {kernel: 3, padding: 1, multiplier: 2}"),
            middle("separable_conv2d", "- separable_conv2d: {filters: 240, kernel: 3, padding: 1}"),
            early("conv2d_transpose 2x2", "- conv2d_transpose: {filters: 32, kernel: 2, stride: 2}"),
            early("conv2d_transpose 3x3", "- conv2d_transpose: {filters: 32, kernel: 3, stride: 2, padding: same}"),
            middle("conv2d_transpose, depthwise",
                    "- conv2d_transpose: {filters: 240, kernel: 4, stride: 2, padding: same, groups: 240}"),
            middle("batch_norm", "- batch_norm"),
            middle("layer_norm", "- layer_norm"),
            middle("rms_norm", "- rms_norm: {center: false}"),
            middle("group_norm", "- group_norm: {groups: 8}"),
            early("instance_norm", "- instance_norm"),
            middle("l2_norm", "- l2_norm"),
            early("lrn", "- lrn"),
            middle("scale", "- scale: {factor: -1, offset: 1}"),
            middle("channel_scale", "- channel_scale"),
            middle("relu", "- relu"),
            middle("relu, slope and threshold", "- relu: {max: 4, slope: 0.1, threshold: 0.05}"),
            middle("relu6", "- relu6"),
            middle("clip", "- clip: {min: -0.5, max: 0.5}"),
            middle("hard_tanh", "- hard_tanh"),
            middle("leaky_relu", "- leaky_relu"),
            middle("prelu", "- prelu"),
            middle("elu", "- elu"),
            middle("selu", "- selu"),
            middle("celu", "- celu"),
            middle("gelu", "- gelu"),
            middle("gelu_tanh", "- gelu_tanh"),
            middle("sigmoid", "- sigmoid"),
            middle("hard_sigmoid", "- hard_sigmoid"),
            middle("swish", "- swish"),
            middle("hard_swish", "- hard_swish"),
            middle("tanh", "- tanh"),
            middle("softplus", "- softplus"),
            middle("softsign", "- softsign"),
            middle("mish", "- mish"),
            middle("exponential", "- exponential"),
            middle("softmax", "- softmax"),
            middle("log_softmax", "- log_softmax"),
            early("argmax", "- argmax"),
            early("avg_channels", "- avg_channels"),
            early("max_channels", "- max_channels"),
            stem("max_pool2d", "- max_pool2d: {kernel: 3, stride: 2, padding: 1}"),
            stem("avg_pool2d", "- avg_pool2d: {kernel: 3, stride: 2, padding: 1}"),
            stem("global_avg_pool2d", "- global_avg_pool2d"),
            stem("global_max_pool2d", "- global_max_pool2d"),
            early("adaptive_avg_pool2d", "- adaptive_avg_pool2d: {size: 6}"),
            early("adaptive_max_pool2d", "- adaptive_max_pool2d: {size: 6}"),
            small("dense", "- flatten\n- dense: {units: 256}"),
            merge("add", "[]"),
            merge("multiply", "[]"),
            merge("subtract", "[]"),
            merge("maximum", "[]"),
            merge("minimum", "[]"),
            merge("average", "[]"),
            merge("concat", "[]"),
            merge("multiply, by channel", "[{global_avg_pool2d: {keepdims: true}}]"),
            merge("multiply, by pixel", "[avg_channels]"),
            early("zero_pad2d", "- zero_pad2d: {padding: 3}"),
            early("pad2d, reflect", "- pad2d: {padding: 3, mode: reflect}"),
            early("pad2d, edge", "- pad2d: {padding: 3, mode: edge}"),
            early("pad2d, value", "- pad2d: {padding: 3, value: -1}"),
            early("crop2d", "- crop2d: {cropping: 3}"),
            middle("slice_channels", "- slice_channels: {first: 60, count: 120}"),
            middle("channel_shuffle", "- channel_shuffle: {groups: 4}"),
            early("depth_to_space", "- depth_to_space: {block: 2}"),
            early("space_to_depth", "- space_to_depth: {block: 2}"),
            early("up_sampling2d, nearest", "- up_sampling2d: {factor: 2}"),
            early("up_sampling2d, bilinear", "- up_sampling2d: {factor: 2, interpolation: bilinear}"),
            early("resize2d, nearest", "- resize2d: {size: 84, interpolation: nearest}"),
            early("resize2d, bilinear", "- resize2d: {size: 84}"),
            early("resize2d, align_corners", "- resize2d: {size: 84, coordinates: align_corners}"));

    private static SingleLayer middle(String name, String layers) {
        return new SingleLayer(name, 28, 28, 240, layers);
    }

    private static SingleLayer early(String name, String layers) {
        return new SingleLayer(name, 56, 56, 64, layers);
    }

    private static SingleLayer stem(String name, String layers) {
        return new SingleLayer(name, 112, 112, 32, layers);
    }

    private static SingleLayer small(String name, String layers) {
        return new SingleLayer(name, 7, 7, 160, layers);
    }

    /** The image and what a path makes of it. */
    private static SingleLayer merge(String name, String path) {
        return middle(name, "- branches:\n    merge: " + name.split(",", -1)[0] + "\n    paths: [[], " + path + "]");
    }

    /** Its size as tables have it. */
    public String shape() {
        return height + "x" + width + "x" + channels;
    }

    /** Writes its spec. */
    public Workload workload(Path spec) throws IOException {
        Files.writeString(spec, """
                model: layer
                weights: pytorch
                input: {shape: [%d, %d, %d]}
                layers:
                %s""".formatted(height, width, channels, layers.indent(2)));
        return Workload.of(name.replaceAll("[^a-z0-9_]+", "-"), spec);
    }
}
