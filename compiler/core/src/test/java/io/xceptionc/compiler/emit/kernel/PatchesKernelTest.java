package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.CHANNELS;
import static io.xceptionc.compiler.emit.kernel.KernelChain.dilated;
import static io.xceptionc.compiler.emit.kernel.KernelChain.same;
import static io.xceptionc.compiler.emit.kernel.KernelChain.strided;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchesKernelTest {

    private static final List<Window> WINDOWS = List.of(window(3, 3), window(1, 1), window(1, 7), window(7, 1),
            window(2, 2), window(5, 5), window(8, 9), strided(3, 3, 2, 2), strided(1, 1, 2, 2), strided(2, 3, 3, 1),
            strided(1, 1, 1, 4), dilated(3, 3, 3, 1), new Window(3, 3, 2, 2, 1, 1, new Padding(0, 3, 1, 0)));

    private static final List<Window> DILATED = List.of(dilated(3, 3, 2, 2), dilated(2, 3, 1, 3),
            new Window(3, 2, 2, 1, 2, 3, new Padding(1, 0, 2, 2)));

    private static Conv2d conv2d(KernelChain chain, Window window, int filters, int groups) {
        boolean given = !window.padding().equals(Padding.NONE);
        return chain.sketch.conv2d(chain.channels(), filters, given ? window : same(chain.type(), window), groups,
                true);
    }

    /** Few channels: one small block, whose pixels stand together. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 15})
    void cutsPictures(int channels) {
        KernelChain chain = new KernelChain(9, 8, channels);
        for (Window window : WINDOWS) {
            chain.beside(conv2d(chain, window, 3, 1));
        }
        chain.then(conv2d(chain, window(3, 3), 5, 1).withFusion(Fusion.NONE.withRectifiedInput())).assertComputes();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 33})
    void cutsImages(int channels) {
        KernelChain chain = new KernelChain(9, 8, channels);
        WINDOWS.forEach(window -> chain.beside(conv2d(chain, window, 3, 1)));
        DILATED.forEach(window -> chain.beside(conv2d(chain, window, 3, 1)));
        chain.then(conv2d(chain, window(3, 3), 5, 1).withFusion(Fusion.NONE.withRectifiedInput())).assertComputes();
    }

    @Test
    void takesAnyNumberOfChannels() {
        KernelChain chain = new KernelChain(3, 4, 16);
        for (int channels : CHANNELS) {
            chain.then(conv2d(chain, window(2, 3), channels, 1));
        }
        chain.assertComputes();
    }

    /** Alone and with what else belongs to the prologue and the epilogue; every other pixel too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 32, 33, 70})
    void scalesByChannel(int channels) {
        KernelChain chain = new KernelChain(5, 7, channels);
        Fusion scaled = Fusion.NONE.withScaledInput(new Fusion.Stage.Scale(chain.sketch.affine(channels)));
        Node gate = chain.sketch.add(new GlobalPool2d(Reduction.MAX, true), chain.last());
        Node flatGate = chain.sketch.add(new GlobalPool2d(Reduction.MEAN), chain.last());
        Fusion gated = Fusion.NONE.withScaledInput(new Fusion.Stage.Gate());
        for (Window window : List.of(window(1, 1), strided(1, 1, 2, 3))) {
            chain.beside(conv2d(chain, window, 3, 1).withFusion(scaled));
            chain.beside(conv2d(chain, window, 3, 1).withFusion(gated.withRectifiedInput()), chain.last(), gate);
            chain.beside(conv2d(chain, window, 3, 1).withFusion(gated), chain.last(), flatGate);
        }
        chain.then(conv2d(chain, window(1, 1), channels, 1).withFusion(gated.withResidual()), gate, chain.last());
        chain.then(conv2d(chain, window(1, 1), channels, 1)
                .withFusion(scaled.withRectifiedInput().withResidual().withActivation(Activation.RELU6)), chain.last())
                .assertComputes();
    }

    @Test
    void takesTheChannelsOfGroups() {
        KernelChain chain = new KernelChain(3, 4, 16);
        chain.then(conv2d(chain, window(3, 3), 70, 2));
        chain.then(conv2d(chain, window(1, 1), 70, 35));
        chain.then(conv2d(chain, window(3, 2), 140, 70));
        chain.then(conv2d(chain, strided(3, 3, 1, 2), 6, 2));
        chain.then(conv2d(chain, window(1, 1), 66, 3));
        chain.then(conv2d(chain, window(3, 3), 99, 3).withFusion(Fusion.NONE.withRectifiedInput().withResidual()),
                chain.sketch.add(conv2d(chain, window(1, 1), 99, 33), chain.last()));
        chain.then(conv2d(chain, dilated(3, 3, 2, 2), 96, 3)).assertComputes();
    }

    @Test
    void cutsASingleRowAColumnAndAPixel() {
        for (KernelChain chain : List.of(new KernelChain(1, 17, 3), new KernelChain(17, 1, 3),
                new KernelChain(1, 1, 3))) {
            chain.beside(conv2d(chain, strided(3, 3, 2, 2), 3, 1));
            chain.then(conv2d(chain, window(3, 3), 33, 1)).then(conv2d(chain, window(5, 1), 2, 1)).assertComputes();
        }
    }
}
