package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Builds a graph in a test: nodes are called by their operators, {@code conv2d}, {@code conv2d_2}, ..., and weights are
 * drawn from a seed, of a scale that keeps values near 1.
 */
public final class Sketch {

    private final SplittableRandom random;
    private final Map<String, Integer> nodeCounts = new HashMap<>();
    private int nodeCount;
    private int tensorCount;

    /** With the seed of all weights. */
    public Sketch(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A constant of the given values, row-major. */
    public static Tensor tensor(List<Integer> shape, float... values) {
        return Tensor.lazy("constant", shape, values::clone);
    }

    /** The network's input. */
    public Node input(int height, int width, int channels) {
        return new GraphBuilder("sketch", new Diagnostics()).input(TensorType.image(height, width, channels),
                nextSpan());
    }

    /** An operator, called by its keyword. */
    public Node add(Op op, Node... inputs) {
        int count = nodeCounts.merge(op.keyword(), 1, Integer::sum);
        return add(count == 1 ? op.keyword() : op.keyword() + "_" + count, op, inputs);
    }

    /** An operator with a name of its own. */
    public Node add(String name, Op op, Node... inputs) {
        return new Node(name, op, List.of(inputs), List.of(new Node.Origin(name, nextSpan())));
    }

    /** The graph that ends with the given node. */
    public Graph build(Node last) {
        return new GraphBuilder("sketch", new Diagnostics()).build(last);
    }

    /** A convolution with nothing fused. */
    public Conv2d conv2d(int channelsIn, int filters, Window window, int groups, boolean bias) {
        int groupChannels = channelsIn / groups;
        Tensor kernel =
                kernel(window.tapCount() * groupChannels, window.kernelHeight(), window.kernelWidth(), groupChannels,
                        filters);
        return new Conv2d(window, groups, kernel, bias(bias, filters), Fusion.NONE);
    }

    /** A depthwise convolution with nothing fused. */
    public DepthwiseConv2d depthwise(int channelsIn, int multiplier, Window window, boolean bias) {
        Tensor kernel = kernel(window.tapCount(), window.kernelHeight(), window.kernelWidth(), channelsIn, multiplier);
        return new DepthwiseConv2d(window, kernel, bias(bias, channelsIn * multiplier), Fusion.NONE);
    }

    /** A transposed convolution that has rows and columns more than its kernel makes. */
    public ConvTranspose2d transposed(int channelsIn, int filters, Window window, int extra, int groups,
            boolean bias) {
        Tensor kernel = kernel(window.tapCount() * channelsIn / groups, window.kernelHeight(), window.kernelWidth(),
                channelsIn, filters / groups);
        return new ConvTranspose2d(window, extra, extra, groups, kernel, bias(bias, filters));
    }

    /** A separable convolution with nothing fused and no bias between its halves. */
    public SeparableConv2d separable(int channelsIn, int multiplier, int filters, Window window, boolean bias) {
        return separable(depthwise(channelsIn, multiplier, window, false), filters, bias);
    }

    /** A separable convolution with a given first half. */
    public SeparableConv2d separable(DepthwiseConv2d depthwise, int filters, boolean bias) {
        int channels = depthwise.channelsOut();
        return new SeparableConv2d(depthwise, kernel(channels, 1, 1, channels, filters), bias(bias, filters));
    }

    /** A fully connected layer with nothing fused. */
    public Dense dense(int channelsIn, int units, boolean bias) {
        return new Dense(kernel(channelsIn, channelsIn, units), bias(bias, units), Fusion.NONE);
    }

    /** A batch norm, with factors of both signs. */
    public BatchNorm batchNorm(int channels, double epsilon, boolean scale, boolean center) {
        Optional<Tensor> gamma = scale ? Optional.of(uniform(-1, 1.5, channels)) : Optional.empty();
        return new BatchNorm(gamma, bias(center, channels), uniform(-0.5, 0.5, channels), uniform(0.5, 1.5, channels),
                epsilon);
    }

    /** What a norm does to each channel in the end, with factors of both signs. */
    public GammaBeta gammaBeta(int channels, boolean scale, boolean center) {
        return new GammaBeta(scale ? Optional.of(affine(channels).scale()) : Optional.empty(), bias(center, channels));
    }

    /** A slope for each channel. */
    public Prelu prelu(int channels) {
        return new Prelu(affine(channels).scale());
    }

    /** A channel-wise affine step, with factors of both signs. */
    public Affine affine(int channels) {
        return new Affine(uniform(-1, 1.5, channels), uniform(-0.5, 0.5, channels));
    }

    private Tensor kernel(int fanIn, Integer... shape) {
        return uniform(-Math.sqrt(3.0 / fanIn), Math.sqrt(3.0 / fanIn), shape);
    }

    private Optional<Tensor> bias(boolean present, int channels) {
        return present ? Optional.of(uniform(-0.5, 0.5, channels)) : Optional.empty();
    }

    private Tensor uniform(double low, double high, Integer... shape) {
        SplittableRandom ownRandom = random.split();
        int elementCount = List.of(shape).stream().reduce(1, Math::multiplyExact);
        return Tensor.lazy("tensor_" + ++tensorCount, List.of(shape), () -> {
            float[] values = new float[elementCount];
            for (int index = 0; index < values.length; index++) {
                values[index] = (float) ownRandom.nextDouble(low, high);
            }
            return values;
        });
    }

    private SourceSpan nextSpan() {
        return new SourceSpan("sketch.yaml", ++nodeCount, 1, 1);
    }
}
