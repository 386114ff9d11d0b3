package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.same;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.GeneratedCode;
import io.xceptionc.compiler.testing.RandomGraphs;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not finite goes where it belongs, and nowhere else: NaN and infinities reach what the formulas say. */
class NonFiniteValuesTest {

    /** The last is a NaN whose lower bits are set, as other programs may write them. */
    private static final List<Float> VALUES = List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
            Float.intBitsToFloat(0xFFFFFFFF));

    /** Puts each of the values in some places of an image and compares what the code of a graph makes of it. */
    private static void assertAgrees(Graph graph, List<Float> values) {
        GeneratedCode code = GeneratedCode.ofKernelOps(graph);
        int channels = graph.input().type().channels();
        for (float value : values) {
            for (int channel : new int[] {0, channels / 2, channels - 1}) {
                float[] image = RandomGraphs.image(graph);
                image[channel] = value;
                image[(image.length / channels / 2) * channels + channel] = value;
                double[] expected = ReferenceInterpreter.output(graph, image);
                for (int bits = 128; bits <= 512; bits *= 2) {
                    Comparison.assertClose(graph.output().type(), expected, code.run(bits, 2, image));
                }
            }
        }
    }

    private static void assertAgrees(int height, int width, int channels, Function<KernelChain, Node> last) {
        KernelChain chain = new KernelChain(height, width, channels);
        assertAgrees(chain.sketch.build(last.apply(chain)), VALUES);
    }

    @ParameterizedTest
    @CsvSource({"8, 8, 4, 3", "8, 8, 8, 1", "6, 48, 3, 3", "40, 40, 5, 3", "96, 96, 3, 1", "64, 128, 2, 2",
        "70, 70, 35, 1",
        "66, 22, 11, 3"})
    void groupsDoNotSeeEachOther(int channels, int filters, int groups, int side) {
        assertAgrees(9, 7, channels, chain -> chain.then(
                chain.sketch.conv2d(channels, filters, same(chain.type(), window(side, side)), groups, true)).last());
    }

    @Test
    void groupsWithAResidualAndBoundsDoNotSeeEachOther() {
        assertAgrees(9, 7, 24, chain -> {
            Node input = chain.last();
            Node sum = chain.sketch.add(chain.sketch.conv2d(24, 24, same(chain.type(), window(3, 3)), 6, true)
                    .withFusion(Fusion.NONE.withRectifiedInput().withResidual().withActivation(Activation.RELU6)),
                    input, input);
            return chain.sketch.add(chain.sketch.conv2d(24, 48, window(1, 1), 12, true), sum);
        });
    }

    @Test
    void channelsOfDepthwiseConvolutionsDoNotSeeEachOther() {
        for (int side : new int[] {3, 5, 8}) {
            assertAgrees(9, 9, 33, chain -> chain
                    .then(chain.sketch.depthwise(33, 1, same(chain.type(), window(side, side)), true)).last());
        }
        assertAgrees(5, 5, 3, chain -> chain.then(new RepeatChannels(3)).last());
    }

    @ParameterizedTest
    @EnumSource
    void activations(Activation.Kind kind) {
        assertAgrees(3, 5, 33, chain -> chain.then(new Activate(new Activation(kind, 0.1f))).last());
    }

    @Test
    void everythingElse() {
        assertAgrees(5, 5, 33, chain -> chain.then(new Softmax()).last());
        assertAgrees(5, 5, 33, chain -> chain.then(new GlobalPool2d(Reduction.MEAN)).last());
        assertAgrees(5, 5, 33, chain -> chain.then(new Pool2d(Reduction.MEAN, window(3, 3), false)).last());
        assertAgrees(9, 9, 33, chain -> chain.then(new Pool2d(Reduction.MEAN, window(9, 8), false)).last());
        assertAgrees(5, 5, 33, chain -> chain.then(chain.sketch.affine(33)).last());
        assertAgrees(5, 5, 33, chain -> chain.then(new ZeroPad2d(new Padding(1, 2, 0, 1)))
                .then(chain.sketch.conv2d(33, 5, window(3, 3), 1, true)).last());
        assertAgrees(5, 5, 33, chain -> chain.then(new Flatten(true)).then(chain.sketch.dense(825, 40, true)).last());
        assertAgrees(5, 5, 33, chain -> chain.then(new Concat(), chain.last()).then(new Add(), chain.last()).last());
        assertAgrees(5, 5, 33, chain -> chain
                .then(chain.sketch.separable(33, 1, 20, same(chain.type(), window(3, 3)), true)).last());
    }
}
