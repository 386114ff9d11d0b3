package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Extent;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.graph.op.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Small networks with weights, drawn by jqwik: chains, residuals and branches of all operators at awkward sizes, with
 * the patterns that passes look for. They shrink to fewer and simpler layers.
 */
public final class RandomGraphs {

    private static final int DEEPEST_NESTING = 2;
    private static final int MOST_PIECES = 5;

    /** Around the widths of vectors. */
    private static final Integer[] CHANNELS = {1, 3, 8, 15, 16, 17, 31, 32, 33, 48, 64, 70};

    private RandomGraphs() {}

    /** Networks as specs describe them, without what only passes make. */
    public static Arbitrary<Graph> graphs() {
        return graphs(piece(DEEPEST_NESTING));
    }

    /** Networks that also hold what only passes make: fused convolutions, affine steps, repeated channels, phases. */
    public static Arbitrary<Graph> partlyFusedGraphs() {
        return graphs(Arbitraries.frequencyOf(Tuple.of(3, piece(DEEPEST_NESTING)),
                Tuple.of(1, Arbitraries.just(new Piece.Scaling())),
                Tuple.of(2, scaledProjection()),
                Tuple.of(1, channelFactor().map(Piece.Repetition::new)), Tuple.of(4, fused()),
                Tuple.of(1, Combinators.combine(channelFactor(), channelFactor(), bool()).as(Piece.Phases::new))));
    }

    private static Arbitrary<Piece> scaledProjection() {
        Arbitrary<Piece.Gated> gate = Combinators
                .combine(Arbitraries.of(Piece.Gated.Part.CHANNEL, Piece.Gated.Part.CHANNEL_OF_VECTOR), bool())
                .as((part, isFirst) -> new Piece.Gated(part, new Multiply(), isFirst));
        return Combinators.combine(gate.optional(0.5), bool(), Arbitraries.integers().between(1, 40))
                .as(Piece.ScaledProjection::new);
    }

    /**
     * Networks as specs describe them, most of several outputs: the last value, and up to three others that are read or
     * not.
     */
    public static Arbitrary<Graph> graphsOfSeveralOutputs() {
        return Combinators.combine(graphs(), Arbitraries.integers().between(0, 1000).list().ofMinSize(1).ofMaxSize(3))
                .as(RandomGraphs::withOutputs).withoutEdgeCases();
    }

    /** The graph itself where it has no layer to pick, as when none that was drawn fits its image. */
    private static Graph withOutputs(Graph graph, List<Integer> picks) {
        List<Node> values = graph.nodes().stream().filter(node -> !(node.op() instanceof Input))
                .filter(node -> !(node.op() instanceof Output)).toList();
        if (values.isEmpty()) {
            return graph;
        }
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < picks.size(); i++) {
            outputs.put("pick" + i, values.get(picks.get(i) % values.size()));
        }
        outputs.put("last", graph.output().input());
        return new GraphBuilder(graph.name(), new Diagnostics()).build(outputs);
    }

    /** An image for a network's input, between -1 and 1, always the same. */
    public static float[] image(Graph graph) {
        SplittableRandom random = new SplittableRandom(graph.input().type().elementCount());
        float[] image = new float[(int) graph.input().type().elementCount()];
        for (int index = 0; index < image.length; index++) {
            image[index] = (float) random.nextDouble(-1, 1);
        }
        return image;
    }

    private static Arbitrary<Graph> graphs(Arbitrary<Piece> piece) {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 24);
        Arbitrary<List<Piece>> tail =
                Combinators.combine(vectorization().list().ofMaxSize(1), vectorPiece().list().ofMaxSize(3))
                        .as((end, layers) -> Stream.concat(end.stream(), layers.stream()).toList());
        return Combinators.combine(size, size, channels(), piece.list().ofMinSize(1).ofMaxSize(MOST_PIECES), tail,
                Arbitraries.longs()).as(RandomGraphs::graph).withoutEdgeCases();
    }

    private static Graph graph(int height, int width, int channels, List<Piece> pieces, List<Piece> tail, long seed) {
        Sketch sketch = new Sketch(seed);
        Node body = Piece.appendAll(pieces, sketch, sketch.input(height, width, channels));
        return sketch.build(Piece.appendAll(tail, sketch, body));
    }

    private static Arbitrary<Piece> piece(int nesting) {
        Arbitrary<Piece> flat =
                Arbitraries.frequencyOf(Tuple.of(12, layer()), Tuple.of(3, pooling()), Tuple.of(2, norm()),
                        Tuple.of(3, activation().map(Activate::new).map(Piece.Plain::new)), Tuple.of(1, zeroPadding()),
                        Tuple.of(1, padding().map(Piece.Cropping::new)), Tuple.of(1, resizing()),
                        Tuple.of(1, borderPadding()), Tuple.of(1, channelSlice()),
                        Tuple.of(1, Arbitraries.integers().between(2, 8).map(Piece.ChannelShuffle::new)),
                        Tuple.of(1, transposition()), Tuple.of(1, squares()),
                        Tuple.of(1, plain()), Tuple.of(1, bool().map(Piece.Slopes::new)),
                        Tuple.of(1, linear().map(Piece.Shared::new)), Tuple.of(2, gated()),
                        Tuple.of(4, normOfValues()), Tuple.of(2, scaling()), Tuple.of(2, adaptivePooling()));
        return nesting == 0
                ? flat
                : Arbitraries.frequencyOf(Tuple.of(4, flat), Tuple.of(2, branches(piece(nesting - 1))),
                        Tuple.of(1, downsampling(piece(nesting - 1))));
    }

    private static Arbitrary<Piece> transposition() {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 4);
        Arbitrary<Integer> side = Arbitraries.integers().between(0, 2);
        Arbitrary<Window> window = Combinators.combine(size, size, size, size, side, side)
                .as((height, width, rows, columns, top, left) -> new Window(height, width, rows, columns,
                        1 + top % 2, 1 + left % 2, new Padding(top, 2 - top, left, left)));
        return Combinators.combine(window, bool(), side, Arbitraries.of(1, 1, 2, 70), channels(), bool())
                .as(Piece.Transposition::new);
    }

    private static Arbitrary<Piece> squares() {
        return Combinators.combine(Arbitraries.integers().between(1, 4), Arbitraries.of(PixelOrder.class), bool())
                .as(Piece.Squares::new);
    }

    private static Arbitrary<Piece> vectorPiece() {
        return Arbitraries.frequencyOf(Tuple.of(5, layer()), Tuple.of(1, norm()),
                Tuple.of(2, activation().map(Activate::new).map(Piece.Plain::new)),
                Tuple.of(1, gated()), Tuple.of(2, plain()), Tuple.of(1, normOfValues()), Tuple.of(1, scaling()));
    }

    /** Not argmax, which jumps. */
    private static Arbitrary<Piece> plain() {
        return Arbitraries.<Op>of(new Dropout(), new Softmax(), new LogSoftmax(),
                new ReduceChannels(ReduceChannels.Kind.MEAN), new ReduceChannels(ReduceChannels.Kind.MAX))
                .map(Piece.Plain::new);
    }

    private static Arbitrary<Piece> normOfValues() {
        Arbitrary<OptionalInt> groups =
                Arbitraries.of(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(4), OptionalInt.of(40));
        return Arbitraries.frequencyOf(
                Tuple.of(2, Combinators.combine(bool(), mostly(true), bool()).as(Piece.PixelNorm::new)),
                Tuple.of(2, Combinators.combine(groups, mostly(true), bool()).as(Piece.ImageNorm::new)),
                Tuple.of(1, Arbitraries.just(new Piece.Plain(new L2Norm(0.5)))),
                Tuple.of(1, Arbitraries.of(new ResponseNorm(5, 1, 0.75, 1), new ResponseNorm(2, 0.5, 0.5, 2))
                        .map(Piece.ResponseNorming::new)));
    }

    private static Arbitrary<Piece> scaling() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.<Op>of(Scale.of(-1, 1), Scale.of(0.17f, 0), Scale.of(1, -0.5f), Scale.of(1, 0))
                        .map(Piece.Plain::new)),
                Tuple.of(1, Combinators.combine(mostly(true), bool()).as(Piece.ChannelScaling::new)));
    }

    private static Arbitrary<Piece> adaptivePooling() {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 8);
        return Combinators.combine(Arbitraries.of(Reduction.class), size, size).as(Piece.AdaptivePooling::new);
    }

    private static Arbitrary<Piece> gated() {
        return Combinators.combine(Arbitraries.of(Piece.Gated.Part.class), merge(), bool()).as(Piece.Gated::new);
    }

    private static Arbitrary<Op> merge() {
        return Arbitraries.of(new Add(), new Multiply(), new Multiply(), new Subtract(), new Maximum(), new Minimum(),
                new Average());
    }

    private static Arbitrary<Piece> branches(Arbitrary<Piece> piece) {
        Arbitrary<List<List<Piece>>> paths = piece.list().ofMaxSize(3).list().ofMinSize(2).ofMaxSize(3);
        Arbitrary<Op> merge = Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(new Concat())),
                Tuple.of(2, Arbitraries.just(new Add())), Tuple.of(2, merge()));
        return Combinators.combine(paths, merge, optionalNorm(), activationAfter()).as(Piece.Branches::new);
    }

    private static Arbitrary<Piece> downsampling(Arbitrary<Piece> piece) {
        return Combinators
                .combine(piece.list().ofMinSize(1).ofMaxSize(3), Arbitraries.integers().between(1, 3), optionalNorm())
                .as(Piece.Downsampling::new);
    }

    private static Arbitrary<Piece> layer() {
        return Combinators.combine(linear(), Arbitraries.of(Piece.Prelude.class), optionalNorm(), activationAfter())
                .as(Piece.Layer::new);
    }

    private static Arbitrary<Piece> fused() {
        Arbitrary<Activation> clamp = Arbitraries.of(Activation.IDENTITY, Activation.RELU, Activation.RELU6);
        Arbitrary<Activation> any = Arbitraries.frequencyOf(Tuple.of(2, clamp), Tuple.of(1, activation()));
        Arbitrary<Activation> fusible = any.filter(Activation::isFusible);
        return Combinators
                .combine(linear(), Combinators.combine(bool(), bool(), fusible).as(RandomGraphs::fusion), fusible)
                .as(Piece.Fused::new);
    }

    private static Fusion fusion(boolean rectifiesInput, boolean residual, Activation activation) {
        Fusion before = rectifiesInput ? Fusion.NONE.withRectifiedInput() : Fusion.NONE;
        return (residual ? before.withResidual() : before).withActivation(activation);
    }

    private static Arbitrary<Piece> pooling() {
        return Combinators.combine(Arbitraries.of(Reduction.class), window(), bool()).as(Piece.Pooling::new);
    }

    private static Arbitrary<Piece> zeroPadding() {
        return padding().map(Piece.ZeroPadding::new);
    }

    private static Arbitrary<Piece> borderPadding() {
        return Combinators.combine(padding(), Arbitraries.of(Pad2d.Mode.class), Arbitraries.of(-1.5f, 0f, 0.1f))
                .as(Piece.BorderPadding::new);
    }

    private static Arbitrary<Piece> channelSlice() {
        return Combinators.combine(Arbitraries.integers().between(0, 99), Arbitraries.integers().between(1, 100))
                .as(Piece.ChannelSlice::new);
    }

    private static Arbitrary<Piece> resizing() {
        Arbitrary<Integer> factor = Arbitraries.integers().between(1, 3);
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 24);
        Arbitrary<Extent> extent = Arbitraries.frequencyOf(
                Tuple.of(1, Combinators.combine(factor, factor).as(Extent.Factor::new)),
                Tuple.of(1, Combinators.combine(size, size).as(Extent.Size::new)));
        return Combinators.combine(extent, Arbitraries.of(Resize2d.Method.class),
                Arbitraries.of(Resize2d.Coordinates.class), Arbitraries.of(Resize2d.Rounding.class))
                .as(Resize2d::new).map(Piece.Resizing::new);
    }

    private static Arbitrary<Piece> vectorization() {
        return Combinators.combine(Arbitraries.of(Reduction.class), bool().optional(0.5)).as(Piece.Vectorization::new);
    }

    private static Arbitrary<Piece.Norm> norm() {
        return Combinators.combine(Arbitraries.of(1e-3, 1e-5, 0.1), mostly(true), mostly(true)).as(Piece.Norm::new);
    }

    private static Arbitrary<Optional<Piece.Norm>> optionalNorm() {
        return norm().optional(0.5);
    }

    private static Arbitrary<Linear> linear() {
        return Combinators
                .combine(Arbitraries.of(Linear.Kind.class), channels(), Arbitraries.of(1, 1, 1, 2, 4, 64),
                        channelFactor(), window(), bool())
                .as(Linear::new);
    }

    private static Arbitrary<WindowChoice> window() {
        Arbitrary<List<Integer>> kernel =
                Arbitraries.of(List.of(1, 1), List.of(3, 3), List.of(3, 3), List.of(2, 2), List.of(5, 5), List.of(1, 7),
                        List.of(7, 1), List.of(1, 3), List.of(3, 2));
        Arbitrary<List<Integer>> stride = Arbitraries.of(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(2, 2),
                List.of(2, 1), List.of(3, 2));
        Arbitrary<List<Integer>> dilation =
                Arbitraries.of(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(2, 2), List.of(1, 3));
        Arbitrary<Window> window =
                Combinators.combine(kernel, stride, dilation, padding()).as((size, step, gap, padding) -> new Window(
                        size.get(0), size.get(1), step.get(0), step.get(1), gap.get(0), gap.get(1), padding));
        return Combinators.combine(window, Arbitraries.of(WindowChoice.Edge.class)).as(WindowChoice::new);
    }

    private static Arbitrary<Padding> padding() {
        Arbitrary<Integer> count = Arbitraries.integers().between(0, 2);
        return Combinators.combine(count, count, count, count).as(Padding::new);
    }

    private static Arbitrary<Activation> activation() {
        Arbitrary<Activation.Kind> kinds = Arbitraries.of(Activation.Kind.class).filter(RandomGraphs::isDrawn);
        return Combinators.combine(kinds, Arbitraries.of(0.01f, 0.3f, 1f)).as(RandomGraphs::activation);
    }

    /** Whether graphs may have it: a chain of exponentials leaves what float32 can say. */
    static boolean isDrawn(Activation.Kind kind) {
        return kind != Activation.Kind.EXPONENTIAL;
    }

    /** One of a kind, without jumps, whatever a number between 0 and 1 means to it. */
    public static Activation activation(Activation.Kind kind, float number) {
        return switch (kind) {
            case CLIP -> Activation.clamp(-number, 2 * number);
            case RECTIFY -> Activation.rectify(0, number, 2);
            case SLOPED_HARD_SIGMOID -> Activation.hardSigmoid(number, 0.25f);
            default -> new Activation(kind, number);
        };
    }

    private static Arbitrary<Activation> activationAfter() {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(Activation.IDENTITY)),
                Tuple.of(3, Arbitraries.just(Activation.RELU)),
                Tuple.of(1, activation()));
    }

    private static Arbitrary<Integer> channels() {
        return Arbitraries.of(CHANNELS);
    }

    private static Arbitrary<Integer> channelFactor() {
        return Arbitraries.of(1, 1, 2, 3);
    }

    private static Arbitrary<Boolean> bool() {
        return Arbitraries.of(false, true);
    }

    private static Arbitrary<Boolean> mostly(boolean value) {
        return Arbitraries.of(value, value, value, !value);
    }
}
