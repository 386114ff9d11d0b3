package io.xceptionc.compiler.emit.kernel;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.testing.GoldenFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The source of each kernel, for vectors of 512 bits. */
class KernelTest {

    static Stream<Arguments> kernels() {
        return Stream.of(arguments("ActivatePixels", new ActivatePixelsKernel(Activation.Kind.HARD_SWISH)),
                arguments("ActivateRows", new ActivateRowsKernel(Activation.Kind.HARD_SWISH, 96)),
                arguments("Dense", new DenseKernel(false, Ending.of(Activation.RELU6))),
                arguments("Depthwise", new DepthwiseKernel(3, 3, 1, 7, true, false, 96)),
                arguments("DepthwiseStride2ToImage", new DepthwiseKernel(2, 3, 2, 4, false, true, 0)),
                arguments("DepthwiseApart", new DepthwiseKernel(2, 2, 0, 3, false, false, 0)),
                arguments("DepthwiseAnySize", new DepthwiseKernel(9, 9, 1, 7, false, true, 96)),
                arguments("Patches", new PatchesKernel(96, false)),
                arguments("PatchesOfPicture", new PatchesKernel(96, true)),
                arguments("PatchesScaled", new PatchesKernel(96, false, InputScaling.CONSTANTS)),
                arguments("PatchesGated", new PatchesKernel(96, false, InputScaling.GATE)),
                arguments("PoolMax", new PoolKernel(Reduction.MAX, 3, 3)),
                arguments("PoolMean", new PoolKernel(Reduction.MEAN, 2, 2)),
                arguments("Product", new ProductKernel(96, false, Ending.of(Activation.RELU), false)),
                arguments("ProductAddClamped", new ProductKernel(96, true, Ending.of(Activation.RELU6), false)),
                arguments("ProductOfGroups", new ProductKernel(96, false, Ending.of(Activation.IDENTITY), true)),
                arguments("ProductAddSwish",
                        new ProductKernel(96, true, Ending.of(new Activation(Activation.Kind.SWISH, 0)), false)),
                arguments("PoolLoop", new PoolKernel(Reduction.MEAN, 9, 9)),
                arguments("WinogradInput", new WinogradInputKernel(1056, 64, false)),
                arguments("WinogradInputRectified", new WinogradInputKernel(544, 32, true)),
                arguments("WinogradProductHardSwish",
                        new WinogradProductKernel(544, false,
                                Ending.of(new Activation(Activation.Kind.HARD_SWISH, 0)))),
                arguments("WinogradProduct", new WinogradProductKernel(544, true, Ending.of(Activation.RELU6))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernels")
    void emits(String name, Kernel kernel) {
        assertGolden(name, kernel);
    }

    private void assertGolden(String name, Kernel kernel) {
        TypeSpec type = TypeSpec.classBuilder("Kernels512").addMethods(kernel.methods(VectorWidth.BITS_512)).build();
        GoldenFile.assertSourceMatches(getClass(), name + ".java.golden",
                JavaFile.builder("generated", type).indent("    ").skipJavaLangImports(true).build().toString());
    }
}
