package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.same;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.plan.MatrixProduct;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.testing.Differential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions in squares of 2 x 2 pixels, against those tap by tap. */
class WinogradKernelTest {

    private static final Window VALID = window(3, 3);

    private static Conv2d conv2d(KernelChain chain, Window window, int filters) {
        return chain.sketch.conv2d(chain.channels(), filters, window, 1, true);
    }

    private static void assertComputes(int convolutions, KernelChain chain) {
        Graph graph = chain.graph();
        assertEquals(convolutions, Planner.plan(graph).steps().stream()
                .filter(step -> step.computation() instanceof MatrixProduct.WinogradSquares).count());
        Differential.assertComputesUnchanged(graph);
    }

    /** The last square of a row or column is whole, or half of it is past the end. */
    @ParameterizedTest
    @CsvSource({"22, 22", "23, 22", "22, 23", "23, 23", "3, 240", "240, 3"})
    void slidesOverAnyImage(int height, int width) {
        KernelChain chain = new KernelChain(height, width, 32);
        chain.beside(conv2d(chain, same(chain.type(), VALID), 32));
        chain.beside(conv2d(chain, VALID.withPadding(new Padding(2, 0, 0, 2)), 16));
        chain.then(conv2d(chain, VALID.withPadding(new Padding(1, 2, 2, 1)), 33));
        assertComputes(3, chain);
    }

    @Test
    void slidesWithoutPadding() {
        KernelChain chain = new KernelChain(31, 30, 17);
        for (int i = 0; i < 4; i++) {
            chain.then(conv2d(chain, VALID, 17 + i));
        }
        assertComputes(4, chain);
    }

    @Test
    void takesAnyNumberOfChannels() {
        KernelChain chain = new KernelChain(21, 22, 16);
        List<Integer> counts = List.of(31, 32, 33, 48, 64, 70, 16);
        for (int channels : counts) {
            chain.then(conv2d(chain, same(chain.type(), VALID), channels));
        }
        chain.beside(conv2d(chain, same(chain.type(), VALID), 1));
        assertComputes(counts.size() + 1, chain);
    }

    @Test
    void rectifiesAndClamps() {
        KernelChain chain = new KernelChain(21, 23, 20);
        List<Activation> activations = List.of(Activation.IDENTITY, Activation.RELU, Activation.RELU6);
        for (Activation activation : activations) {
            Fusion fusion = Fusion.NONE.withActivation(activation);
            chain.then(conv2d(chain, same(chain.type(), VALID), 20).withFusion(fusion));
            chain.then(conv2d(chain, same(chain.type(), VALID), 20).withFusion(fusion.withRectifiedInput()));
        }
        assertComputes(2 * activations.size(), chain);
    }

    /** Bounds and functions after the sum of a residual, which lies within another border than the result. */
    @Test
    void addsResiduals() {
        KernelChain chain = new KernelChain(13, 15, 40);
        List<Activation> activations = List.of(Activation.IDENTITY, Activation.RELU, Activation.RELU6,
                new Activation(Activation.Kind.HARD_SWISH, 0));
        for (Activation activation : activations) {
            Node residual = chain.last();
            Fusion fusion = Fusion.NONE.withResidual().withActivation(activation);
            chain.then(conv2d(chain, same(chain.type(), VALID), 40));
            chain.then(conv2d(chain, same(chain.type(), VALID), 40).withFusion(fusion), residual);
        }
        chain.then(new Pool2d(Reduction.MAX, KernelChain.strided(3, 3, 2, 2), false));
        assertComputes(2 * activations.size(), chain);
    }

    /** Threads share the panels, of which there are more than tiles of squares. */
    @Test
    void hasFewSquaresAndManyPanels() {
        KernelChain chain = new KernelChain(13, 14, 48);
        chain.beside(conv2d(chain, same(chain.type(), VALID), 150));
        chain.then(conv2d(chain, same(chain.type(), VALID), 129));
        Node residual = chain.last();
        chain.then(conv2d(chain, same(chain.type(), VALID), 129).withFusion(Fusion.NONE.withResidual()), residual);
        assertComputes(3, chain);
    }

    /** Several chunks, of weights that no cache of the second level holds. */
    @Test
    void hasHeavyWeights() {
        KernelChain chain = new KernelChain(26, 25, 320);
        chain.then(conv2d(chain, same(chain.type(), VALID), 330));
        assertComputes(1, chain);
    }

    @Test
    void writesIntoAConcatenation() {
        KernelChain chain = new KernelChain(21, 23, 32);
        Node input = chain.last();
        Node first = chain.sketch.add(conv2d(chain, same(chain.type(), VALID), 64), input);
        Node second = chain.sketch.add(conv2d(chain, same(chain.type(), window(1, 1)), 32), input);
        Node third = chain.sketch.add(conv2d(chain, same(chain.type(), VALID), 20), input);
        chain.then(new Concat(), first, second, third);
        chain.then(conv2d(chain, same(chain.type(), VALID), 7));
        assertComputes(3, chain);
    }

    /** It leaves whole rows to no pool, as it does not compute them one after the other. */
    @Test
    void comesBeforeALargePool() {
        KernelChain chain = new KernelChain(150, 150, 16);
        chain.then(conv2d(chain, VALID, 64));
        chain.then(new Pool2d(Reduction.MAX, KernelChain.strided(3, 3, 2, 2), false));
        assertComputes(1, chain);
    }
}
