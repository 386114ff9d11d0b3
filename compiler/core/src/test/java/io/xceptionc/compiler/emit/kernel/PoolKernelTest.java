package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.dilated;
import static io.xceptionc.compiler.emit.kernel.KernelChain.same;
import static io.xceptionc.compiler.emit.kernel.KernelChain.strided;
import static io.xceptionc.compiler.emit.kernel.KernelChain.window;

import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolKernelTest {

    private static final List<Window> WINDOWS = List.of(window(3, 3), window(2, 2), window(1, 1), strided(3, 3, 2, 2),
            strided(2, 2, 2, 2), strided(1, 1, 2, 3), strided(5, 2, 1, 4), window(9, 9));

    private static final List<Window> OTHERS = List.of(dilated(2, 2, 2, 3), dilated(3, 1, 3, 1),
            new Window(3, 3, 2, 2, 1, 1, new Padding(1, 1, 1, 1)),
            new Window(3, 3, 1, 2, 1, 1, new Padding(2, 0, 0, 2)),
            new Window(2, 2, 1, 1, 3, 3, new Padding(3, 2, 1, 3)));

    @ParameterizedTest
    @CsvSource({"9, 7, 33", "1, 17, 3", "17, 1, 64", "1, 1, 70"})
    void poolsUnderAnyWindow(int height, int width, int channels) {
        KernelChain chain = new KernelChain(height, width, channels);
        WINDOWS.forEach(window -> pools(same(chain.type(), window)).forEach(chain::beside));
        chain.then(new Pool2d(Reduction.MEAN, window(1, 1), false)).assertComputes();
    }

    @Test
    void poolsWithDilationAndUnevenPadding() {
        KernelChain chain = new KernelChain(9, 7, 33);
        OTHERS.forEach(window -> pools(window).forEach(chain::beside));
        chain.then(new Pool2d(Reduction.MEAN, window(1, 1), false)).assertComputes();
    }

    private static Stream<Pool2d> pools(Window window) {
        return Stream.of(new Pool2d(Reduction.MAX, window, false), new Pool2d(Reduction.MEAN, window, false),
                new Pool2d(Reduction.MEAN, window, true));
    }
}
