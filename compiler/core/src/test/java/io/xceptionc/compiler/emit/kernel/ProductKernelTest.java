package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.CHANNELS;
import static io.xceptionc.compiler.emit.kernel.KernelChain.same;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductKernelTest {

    private static Conv2d pointwise(KernelChain chain, int filters, boolean bias) {
        return chain.sketch.conv2d(chain.channels(), filters, Window.POINTWISE, 1, bias);
    }

    @Test
    void multipliesAnyNumberOfChannels() {
        KernelChain chain = new KernelChain(3, 5, 2);
        for (int channels : CHANNELS) {
            chain.then(pointwise(chain, channels, channels % 2 == 0));
        }
        for (int channels : CHANNELS) {
            chain.then(pointwise(chain, channels, channels % 2 == 1));
        }
        chain.assertComputes();
    }

    /** Tiles have 6 or 13 pixels, low ones 3 or 6. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "2, 2", "1, 5", "6, 1", "1, 7", "3, 3", "2, 5", "13, 1", "2, 7", "3, 5", "1, 16",
        "1, 19",
        "4, 5", "1, 41", "6, 7", "43, 1"})
    void multipliesAnyNumberOfPixels(int height, int width) {
        KernelChain chain = new KernelChain(height, width, 17);
        chain.then(pointwise(chain, 33, true)).then(pointwise(chain, 3, false)).assertComputes();
    }

    @Test
    void goesOnWhereAChunkOfRowsEnds() {
        KernelChain chain = new KernelChain(16, 19, 70);
        chain.then(chain.sketch.conv2d(70, 3, same(chain.type(), window(3, 3)), 1, true)).assertComputes();
    }

    @Test
    void addsAResidualAndClamps() {
        KernelChain chain = new KernelChain(5, 7, 33);
        Node input = chain.last();
        chain.then(pointwise(chain, 33, true).withFusion(Fusion.NONE.withResidual()), input);
        for (Activation activation : List.of(Activation.IDENTITY, Activation.RELU, Activation.RELU6)) {
            Fusion fusion = Fusion.NONE.withActivation(activation);
            chain.then(pointwise(chain, 33, true).withFusion(fusion));
            Node before = chain.last();
            chain.then(pointwise(chain, 33, false).withFusion(fusion.withRectifiedInput()));
            Fusion sum = Fusion.NONE.withResidual().withActivation(activation);
            chain.then(pointwise(chain, 33, true).withFusion(sum), before);
            chain.then(pointwise(chain, 33, false).withFusion(sum.withRectifiedInput()), input);
        }
        chain.assertComputes();
    }

    /** The residual's pixels lie otherwise than the result's. */
    @Test
    void addsAResidualThatHasAnotherBorder() {
        KernelChain chain = new KernelChain(4, 6, 3);
        chain.then(pointwise(chain, 40, true));
        Node shortcut = chain.last();
        chain.then(chain.sketch.conv2d(40, 40, same(chain.type(), window(5, 5)), 1, true));
        chain.then(pointwise(chain, 40, true).withFusion(Fusion.NONE.withResidual()), shortcut);
        chain.then(chain.sketch.conv2d(40, 40, same(chain.type(), window(3, 3)), 1, true)
                .withFusion(Fusion.NONE.withResidual()), shortcut);
        chain.assertComputes();
    }

    @Test
    void writesIntoAConcatenation() {
        KernelChain chain = new KernelChain(4, 3, 5);
        Node input = chain.last();
        Node first = chain.sketch.add(chain.sketch.conv2d(5, 64, same(chain.type(), window(3, 3)), 1, true), input);
        Node second = chain.sketch.add(chain.sketch.conv2d(5, 20, Window.POINTWISE, 1, true), input);
        Node third = chain.sketch.add(chain.sketch.conv2d(5, 32, Window.POINTWISE, 1, false), input);
        chain.beside(new Concat(), first, third, second);
        chain.then(pointwise(chain, 7, true));
        chain.assertComputes();
    }
}
