package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.CHANNELS;
import static io.xceptionc.compiler.emit.kernel.KernelChain.dilated;
import static io.xceptionc.compiler.emit.kernel.KernelChain.same;
import static io.xceptionc.compiler.emit.kernel.KernelChain.strided;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;

import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepthwiseKernelTest {

    private static final List<Window> WINDOWS = List.of(window(3, 3), window(1, 3), window(2, 3), window(3, 1),
            window(1, 1), window(2, 2), window(5, 5), window(7, 1), window(1, 7), window(9, 9), window(8, 7),
            strided(3, 3, 2, 2), strided(3, 3, 2, 1), strided(3, 3, 1, 2), strided(2, 5, 3, 2), strided(9, 9, 2, 3),
            dilated(3, 3, 2, 2), dilated(3, 3, 2, 1), dilated(3, 3, 1, 2), dilated(2, 5, 1, 3), dilated(8, 9, 2, 1),
            new Window(3, 3, 1, 1, 1, 1, new Padding(0, 2, 2, 0)),
            new Window(3, 3, 2, 2, 2, 2, new Padding(3, 1, 0, 4)));

    private static DepthwiseConv2d depthwise(KernelChain chain, Window window, boolean bias) {
        boolean given = !window.padding().equals(Padding.NONE);
        return chain.sketch.depthwise(chain.channels(), 1, given ? window : same(chain.type(), window), bias);
    }

    @Test
    void slidesAnyWindowOverAnImage() {
        KernelChain chain = new KernelChain(9, 7, 33);
        for (Window window : WINDOWS) {
            chain.beside(depthwise(chain, window, true));
            chain.beside(depthwise(chain, window, false).withFusion(
                    Fusion.NONE.withRectifiedInput().withActivation(Activation.RELU6)));
        }
        chain.then(depthwise(chain, window(3, 3), true)).assertComputes();
    }

    @Test
    void slidesAnyWindowBeforeAPointwiseConvolution() {
        KernelChain chain = new KernelChain(9, 7, 33);
        for (Window window : WINDOWS) {
            chain.beside(chain.sketch.separable(depthwise(chain, window, false), 3, true));
            chain.beside(chain.sketch.separable(depthwise(chain, window, true).withFusion(
                    Fusion.NONE.withRectifiedInput().withActivation(Activation.RELU)), 35, false));
        }
        chain.then(depthwise(chain, window(3, 3), true)).assertComputes();
    }

    @Test
    void takesAnyNumberOfChannels() {
        KernelChain chain = new KernelChain(4, 5, 2);
        for (int channels : CHANNELS) {
            chain.then(chain.sketch.separable(depthwise(chain, window(3, 3), true), channels, true));
            chain.beside(depthwise(chain, window(3, 3), true));
        }
        chain.assertComputes();
    }

    @Test
    void slidesOverASingleRowAColumnAndAPixel() {
        for (KernelChain chain : List.of(new KernelChain(1, 17, 3), new KernelChain(17, 1, 3),
                new KernelChain(1, 1, 3))) {
            chain.beside(depthwise(chain, window(3, 3), true));
            chain.beside(depthwise(chain, strided(3, 3, 2, 2), true));
            chain.then(chain.sketch.separable(depthwise(chain, window(3, 3), true), 5, true)).assertComputes();
        }
    }

    @Test
    void goesOnInTheMiddleOfARowWhereAChunkEnds() {
        KernelChain chain = new KernelChain(2, 199, 1);
        chain.then(chain.sketch.conv2d(1, 480, Window.POINTWISE, 1, true))
                .then(chain.sketch.separable(480, 1, 3, same(chain.type(), window(3, 3)), true)).assertComputes();
    }
}
