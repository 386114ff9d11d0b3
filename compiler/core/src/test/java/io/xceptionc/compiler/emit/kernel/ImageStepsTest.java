package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.CHANNELS;
import static io.xceptionc.compiler.emit.kernel.KernelChain.same;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Extent;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.RandomGraphs;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageStepsTest {

    /** Values of any number of channels, each from the input. */
    private static List<Node> values(KernelChain chain) {
        Node input = chain.last();
        return CHANNELS.stream().map(channels -> chain.sketch
                .add(chain.sketch.conv2d(input.type().channels(), channels, window(1, 1), 1, true), input)).toList();
    }

    @Test
    void concatenatesAnyNumbersOfChannels() {
        KernelChain chain = new KernelChain(3, 5, 2);
        List<Node> values = values(chain);
        chain.beside(new Concat(), values.toArray(Node[]::new));
        chain.beside(new Concat(), values.reversed().toArray(Node[]::new));
        chain.beside(new Concat(), values.get(4), values.get(1), values.get(4));
        chain.beside(new Concat(), values.get(8), chain.last());
        chain.beside(chain.sketch.conv2d(2, 3, same(chain.type(), window(3, 3)), 1, true));
        chain.then(new Concat()).assertComputes();
    }

    @Test
    void concatenatesWithABorder() {
        KernelChain chain = new KernelChain(3, 5, 2);
        Node whole = chain.sketch.add(new Concat(), values(chain).toArray(Node[]::new));
        chain.beside(chain.sketch.conv2d(whole.type().channels(), 3, same(whole.type(), window(3, 5)), 1, true), whole);
        chain.then(chain.sketch.conv2d(2, 3, window(1, 1), 1, true)).assertComputes();
    }

    @Test
    @SuppressWarnings("EnumOrdinal") // each rule meets another value and rounding
    void resizesByAnyRule() {
        KernelChain chain = new KernelChain(3, 5, 2);
        List<Node> values = values(chain);
        for (Resize2d.Method method : Resize2d.Method.values()) {
            for (Resize2d.Coordinates coordinates : Resize2d.Coordinates.values()) {
                Resize2d.Rounding rounding = Resize2d.Rounding.values()[coordinates.ordinal()];
                Node value = values.get(2 * coordinates.ordinal() + method.ordinal());
                chain.beside(new Resize2d(new Extent.Factor(2, 1), method, coordinates, rounding), value);
                chain.beside(new Resize2d(new Extent.Size(7, 4), method, coordinates, rounding), value);
                Node small = chain.sketch.add(new Resize2d(new Extent.Size(1, 7), method, coordinates, rounding),
                        value);
                chain.beside(chain.sketch.conv2d(value.type().channels(), 2, same(small.type(), window(3, 3)), 1, true),
                        small);
            }
        }
        chain.then(chain.sketch.conv2d(2, 3, window(1, 1), 1, true)).assertComputes();
    }

    @Test
    void padsSlicesAndShuffles() {
        KernelChain chain = new KernelChain(3, 5, 2);
        for (Node value : values(chain)) {
            int channels = value.type().channels();
            for (Pad2d.Mode mode : Pad2d.Mode.values()) {
                Node padded = chain.sketch.add(new Pad2d(new Padding(1, 2, 4, 0), mode, -1.5f), value);
                chain.beside(chain.sketch.conv2d(channels, 2, same(padded.type(), window(3, 3)), 1, true), padded);
            }
            chain.beside(new SliceChannels(channels / 3, channels - channels / 3), value);
            Node slice = chain.sketch.add(new SliceChannels(channels / 2, Math.ceilDiv(channels, 3)), value);
            chain.beside(chain.sketch.conv2d(slice.type().channels(), 2, same(slice.type(), window(3, 3)), 1, true),
                    slice);
            joinsAndSplits(chain, value);
            chain.beside(new ShuffleChannels(channels % 3 == 0 ? 3 : channels), value);
            chain.beside(new ShuffleChannels(channels % 2 == 0 ? 2 : 1), value);
        }
        chain.then(chain.sketch.conv2d(2, 3, window(1, 1), 1, true)).assertComputes();
    }

    /** Of what it yields a convolution reads the border, too. */
    private static void joinsAndSplits(KernelChain chain, Node value) {
        int channels = value.type().channels();
        Node squares = chain.sketch.add(chain.sketch.conv2d(channels, 6 * 17, window(1, 1), 1, true), value);
        Node joined = chain.sketch.add(new JoinPhases(2, 3, new Padding(1, 0, 2, 1)), squares);
        chain.beside(chain.sketch.conv2d(17, 2, same(joined.type(), window(3, 3)), 1, true), joined);
        Node narrow = chain.sketch.add(new Crop2d(new Padding(0, 0, 0, 1)), value);
        Node woven = chain.sketch.add(new JoinPhases(1, 2, Padding.NONE), value, narrow);
        chain.beside(chain.sketch.conv2d(channels, 2, same(woven.type(), window(3, 3)), 1, true), woven);
        Node even =
                chain.sketch.add(new ZeroPad2d(new Padding(value.type().height() % 2, 0, 0, value.type().width() % 2)),
                        value);
        Node split = chain.sketch.add(new SplitPhases(2), even);
        chain.beside(chain.sketch.conv2d(4 * channels, 2, same(split.type(), window(3, 3)), 1, true), split);
    }

    @Test
    void padsFlattensAndRepeats() {
        KernelChain chain = new KernelChain(3, 5, 2);
        for (Node value : values(chain)) {
            chain.beside(new Flatten(false), value);
            chain.beside(new Flatten(true), value);
            chain.beside(new RepeatChannels(1), value);
            chain.beside(new RepeatChannels(2), value);
            chain.beside(new RepeatChannels(3), value);
            chain.beside(new Crop2d(new Padding(0, 1, 0, 0)), value);
            chain.beside(new Crop2d(new Padding(1, 1, 2, 1)), value);
            Node padded = chain.sketch.add(new ZeroPad2d(new Padding(1, 0, 2, 3)), value);
            chain.beside(chain.sketch.conv2d(value.type().channels(), 2, same(padded.type(), window(3, 3)), 1, true),
                    padded);
        }
        chain.then(new Flatten(true)).then(new Flatten(false)).then(new RepeatChannels(2)).assertComputes();
    }

    @Test
    void poolsWholeImages() {
        KernelChain chain = new KernelChain(3, 5, 2);
        for (Node value : values(chain)) {
            chain.beside(new GlobalPool2d(Reduction.MAX), value);
            chain.beside(new GlobalPool2d(Reduction.MEAN), value);
            Node pixel = chain.sketch.add(new GlobalPool2d(Reduction.MEAN, true), value);
            chain.beside(new Flatten(false), pixel);
            chain.beside(chain.sketch.conv2d(value.type().channels(), 2, same(pixel.type(), window(3, 3)), 1, true),
                    pixel);
            chain.beside(chain.sketch.conv2d(value.type().channels(), 2, same(value.type(), window(3, 3)), 1, true),
                    value);
        }
        chain.then(new GlobalPool2d(Reduction.MEAN)).assertComputes();
    }

    @Test
    void poolsToAGrid() {
        KernelChain chain = new KernelChain(7, 5, 2);
        for (Node value : values(chain)) {
            for (Reduction reduction : Reduction.values()) {
                chain.beside(new AdaptivePool2d(reduction, 3, 5), value);
                chain.beside(new AdaptivePool2d(reduction, 9, 2), value);
                Node grid = chain.sketch.add(new AdaptivePool2d(reduction, 2, 1), value);
                chain.beside(chain.sketch.conv2d(value.type().channels(), 2, same(grid.type(), window(3, 3)), 1, true),
                        grid);
            }
        }
        chain.then(new GlobalPool2d(Reduction.MEAN)).assertComputes();
    }

    @Test
    void normalisesImagesAndVectors() {
        KernelChain chain = new KernelChain(3, 5, 2);
        for (Node value : values(chain)) {
            chain.beside(new Softmax(), value);
            chain.beside(new LogSoftmax(), value);
            for (ReduceChannels.Kind kind : ReduceChannels.Kind.values()) {
                chain.beside(new ReduceChannels(kind), value);
            }
            int channels = value.type().channels();
            chain.beside(new LayerNorm(true, chain.sketch.gammaBeta(channels, true, true), 0.01), value);
            chain.beside(new LayerNorm(false, chain.sketch.gammaBeta(channels, true, false), 0.01), value);
            chain.beside(new GroupNorm(OptionalInt.empty(), chain.sketch.gammaBeta(channels, false, true), 0.01),
                    value);
            chain.beside(new GroupNorm(OptionalInt.of(1), GammaBeta.NONE, 0.01), value);
            chain.beside(new GroupNorm(OptionalInt.of(channels % 3 == 0 ? 3 : channels),
                    chain.sketch.gammaBeta(channels, true, true), 0.01), value);
            chain.beside(new L2Norm(0.1), value);
            chain.beside(new ResponseNorm(5, 1, 0.75, 1), value);
            chain.beside(new ResponseNorm(2, 0.5, 0.5, 2), value);
            Node large = chain.sketch.add(new Add(), value, value, value, value, value, value, value, value);
            chain.beside(new Softmax(), chain.sketch.add(new Flatten(false), large));
        }
        chain.then(new Softmax()).assertComputes();
    }

    @ParameterizedTest
    @MethodSource
    void combinesValuesAndThemselves(Op op) {
        KernelChain chain = new KernelChain(3, 5, 33);
        Node a = chain.last();
        Node b = chain.sketch.add(chain.sketch.conv2d(33, 33, same(chain.type(), window(3, 3)), 1, true), a);
        chain.beside(op, a, b);
        chain.beside(op, b, b);
        chain.beside(op, b, a, b, a);
        Node c = chain.sketch.add(op, a, b);
        Node d = chain.sketch.add(op, c, b, c);
        chain.beside(op, a, d);
        chain.then(op, a, a).assertComputes();
    }

    static List<Op> combinesValuesAndThemselves() {
        return List.of(new Add(), new Multiply(), new Subtract(), new Maximum(), new Minimum(), new Average());
    }

    @ParameterizedTest
    @MethodSource("combinesValuesAndThemselves")
    void repeatsSmallerValues(Op op) {
        for (int channels : List.of(1, 2, 33)) {
            KernelChain chain = new KernelChain(3, 5, channels);
            Node image = chain.last();
            Node vector = chain.sketch.add(new GlobalPool2d(Reduction.MEAN), image);
            Node pixel = chain.sketch.add(new GlobalPool2d(Reduction.MAX, true), image);
            Node plane = chain.sketch.add(chain.sketch.conv2d(channels, 1, window(1, 1), 1, true), image);
            Node rows = chain.sketch.add(new Pool2d(Reduction.MAX, window(1, 5), false), plane);
            Node columns = chain.sketch.add(new Pool2d(Reduction.MEAN, window(3, 1), false), plane);
            Node number = chain.sketch.add(new GlobalPool2d(Reduction.MEAN), plane);
            for (Node small : List.of(vector, pixel, plane, rows, columns, number)) {
                chain.beside(op, image, small);
                chain.beside(op, small, image);
            }
            chain.beside(op, vector, plane, image, number, image);
            chain.beside(op, number, vector);
            chain.beside(op, vector, pixel);
            chain.then(op, pixel).assertComputes();
        }
    }

    @Test
    void aSmallerValueIsNotOverwritten() {
        KernelChain chain = new KernelChain(3, 5, 7);
        Node plane = chain.sketch.add(chain.sketch.conv2d(7, 1, window(1, 1), 1, true), chain.last());
        Node image = chain.sketch.add(chain.sketch.conv2d(7, 7, window(1, 1), 1, true), chain.last());
        Node gated = chain.sketch.add(new Multiply(), plane, image);
        chain.beside(new Activate(Activation.RELU), image).then(new Add(), gated).assertComputes();
    }

    @Test
    void scalesAnyNumberOfChannels() {
        KernelChain chain = new KernelChain(3, 5, 2);
        values(chain).forEach(value -> chain.beside(chain.sketch.affine(value.type().channels()), value));
        values(chain).forEach(value -> chain.beside(chain.sketch.prelu(value.type().channels()), value));
        values(chain).forEach(value -> chain.beside(chain.sketch.prelu(1), value));
        chain.then(chain.sketch.affine(2)).assertComputes();
    }

    @Test
    void multipliesVectors() {
        KernelChain chain = new KernelChain(1, 1, 1);
        chain.then(new Flatten(false));
        for (int channels : CHANNELS) {
            chain.then(chain.sketch.dense(chain.channels(), channels, channels % 2 == 0));
        }
        chain.assertComputes();
    }

    @Test
    void givesBackTheInput() {
        for (int channels : CHANNELS) {
            KernelChain chain = new KernelChain(2, 3, channels);
            Differential.assertComputesUnchanged(chain.sketch.build(chain.last()));
        }
    }

    @Test
    void appliesAnyActivation() {
        KernelChain chain = new KernelChain(3, 5, 33);
        for (Activation.Kind kind : Activation.Kind.values()) {
            chain.beside(activate(kind));
        }
        chain.beside(new Activate(Activation.rectify(0.125f, 0.5f, 0.5f)));
        chain.then(activate(Activation.Kind.SWISH)).assertComputes();
    }

    private static Activate activate(Activation.Kind kind) {
        return new Activate(RandomGraphs.activation(kind, 0.3f));
    }
}
