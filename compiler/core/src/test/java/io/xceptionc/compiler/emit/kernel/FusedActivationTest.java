package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.GeneratedCode;
import io.xceptionc.compiler.testing.RandomGraphs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A function that a convolution applies on its way out yields the bits of a step of its own. */
class FusedActivationTest {

    private static final Window SAME = window(3, 3).withPadding(new Padding(1, 1, 1, 1));
    private static final Window POINTWISE = window(1, 1);

    private final KernelChain chain = new KernelChain(23, 22, 32);

    private Node activated(Activation activation, Node node) {
        return chain.sketch.add(new Activate(activation), node);
    }

    /** Convolutions by every algorithm, each with a function behind it. */
    private Graph graph(Activation activation) {
        Node image = chain.last();
        Node squares = activated(activation, chain.sketch.add(chain.sketch.conv2d(32, 40, SAME, 1, true), image));
        Node groups = activated(activation, chain.sketch.add(chain.sketch.conv2d(40, 36, SAME, 4, true), squares));
        Node adding = activated(activation, chain.sketch.add(chain.sketch.conv2d(36, 40, POINTWISE, 1, true)
                .withFusion(Fusion.NONE.withResidual()), groups, squares));
        Node rows = activated(activation, chain.sketch.add(chain.sketch.depthwise(40, 1, SAME, false), adding));
        Node separable = activated(activation, chain.sketch.add(chain.sketch.conv2d(40, 33, POINTWISE, 1, true), rows));
        Node depthwise = activated(activation, chain.sketch.add(chain.sketch.depthwise(33, 1, SAME, true), separable));
        Node small = chain.sketch.add(new Pool2d(Reduction.MAX, new Window(3, 3, 3, 3, 1, 1, Padding.NONE), false),
                depthwise);
        Node panels = activated(activation, chain.sketch.add(chain.sketch.conv2d(33, 70, SAME, 1, true), small));
        Node vector = chain.sketch.add(new GlobalPool2d(Reduction.MEAN), panels);
        return chain.sketch.build(activated(activation, chain.sketch.add(chain.sketch.dense(70, 50, true), vector)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"IDENTITY", "RELU", "RELU6", "RECTIFY", "SELU",
        "CELU", "SLOPED_HARD_SIGMOID", "GELU_TANH", "SOFTSIGN", "MISH", "EXPONENTIAL"})
    void computesWhatAStepOfItsOwnDoes(Activation.Kind kind) {
        Graph graph = graph(RandomGraphs.activation(kind, 0.1f));
        GeneratedCode apart = GeneratedCode.ofKernelOps(graph);
        GeneratedCode fused = GeneratedCode.of(graph);
        assertEquals(0, fused.plan().steps().stream().filter(step -> step.op() instanceof Activate).count());
        float[] image = RandomGraphs.image(graph);
        assertArrayEquals(apart.run(512, 2, image), fused.run(512, 2, image));
        Differential.assertComputes(graph);
    }

    /** Threads that pool along compute some rows twice: a function may not be applied twice to them. */
    @ParameterizedTest
    @EnumSource(names = {"SWISH", "GELU"})
    void poolsAlong(Activation.Kind kind) {
        KernelChain pooled = new KernelChain(61, 45, 3);
        Node convolved = pooled.sketch.add(pooled.sketch.conv2d(3, 384, POINTWISE, 1, true), pooled.last());
        Node active = pooled.sketch.add(new Activate(new Activation(kind, 0)), convolved);
        Graph graph =
                pooled.beside(new Pool2d(Reduction.MAX, new Window(3, 3, 2, 2, 1, 1, Padding.NONE), false), active)
                        .graph();
        GeneratedCode fused = GeneratedCode.of(graph);
        assertEquals(1, fused.plan().steps().stream().filter(step -> step.nodes().size() == 2).count());
        Differential.assertComputes(graph);
    }
}
