package io.xceptionc.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FileLayoutTest {

    @Test
    void convolutionsOfPytorchAreOihw() {
        FileLayout layout = new FileLayout(NamingConvention.PYTORCH, TensorRole.CONVOLUTION_KERNEL);
        assertEquals(List.of(3, 2, 1, 2), layout.fileShape(List.of(1, 2, 2, 3)));
        assertEquals(List.of("out", "in", "height", "width"), layout.fileAxes());
        // The digits of a value are its output channel, input channel and column.
        float[] file = {0, 1, 10, 11, 100, 101, 110, 111, 200, 201, 210, 211};
        float[] canonical = {0, 100, 200, 10, 110, 210, 1, 101, 201, 11, 111, 211};
        assertArrayEquals(canonical, layout.toCanonical(file, List.of(1, 2, 2, 3)));
        assertArrayEquals(file, layout.toFile(canonical, List.of(1, 2, 2, 3)));
    }

    @Test
    void depthwiseConvolutionsOfPytorchHaveChannelAndMultiplierOnOneAxis() {
        FileLayout layout = new FileLayout(NamingConvention.PYTORCH, TensorRole.DEPTHWISE_KERNEL);
        assertEquals(List.of(6, 1, 1, 2), layout.fileShape(List.of(1, 2, 3, 2)));
        assertEquals(List.of("channels * multiplier", "1", "height", "width"), layout.fileAxes());
        // The digits of a value are its channel, multiple and column.
        float[] file = {0, 1, 10, 11, 100, 101, 110, 111, 200, 201, 210, 211};
        float[] canonical = {0, 10, 100, 110, 200, 210, 1, 11, 101, 111, 201, 211};
        assertArrayEquals(canonical, layout.toCanonical(file, List.of(1, 2, 3, 2)));
        assertArrayEquals(file, layout.toFile(canonical, List.of(1, 2, 3, 2)));
    }

    @Test
    void denseLayersOfPytorchAreTransposed() {
        FileLayout layout = new FileLayout(NamingConvention.PYTORCH, TensorRole.DENSE_KERNEL);
        assertEquals(List.of(3, 2), layout.fileShape(List.of(2, 3)));
        assertArrayEquals(new float[] {0, 10, 20, 1, 11, 21},
                layout.toCanonical(new float[] {0, 1, 10, 11, 20, 21}, List.of(2, 3)));
    }

    @Test
    void pointwiseConvolutionsOfPytorchAreTransposed() {
        FileLayout layout = new FileLayout(NamingConvention.PYTORCH, TensorRole.SEPARABLE_POINTWISE_KERNEL);
        assertEquals(List.of(3, 2, 1, 1), layout.fileShape(List.of(1, 1, 2, 3)));
        assertArrayEquals(new float[] {0, 10, 20, 1, 11, 21},
                layout.toCanonical(new float[] {0, 1, 10, 11, 20, 21}, List.of(1, 1, 2, 3)));
    }

    /** Large enough to be moved in several blocks, the last ones not whole. */
    @ParameterizedTest
    @CsvSource({"1, 1, 33, 70", "3, 2, 64, 31", "1, 3, 65, 1", "2, 1, 1, 97"})
    void everyNumberOfAKernelOfPytorchIsInItsPlace(int height, int width, int in, int out) {
        float[] file = new float[out * in * height * width];
        float[] canonical = new float[file.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        float number = ((o * 100 + i) * 10 + y) * 10 + x;
                        file[((o * in + i) * height + y) * width + x] = number;
                        canonical[((y * width + x) * in + i) * out + o] = number;
                    }
                }
            }
        }
        FileLayout layout = new FileLayout(NamingConvention.PYTORCH, TensorRole.CONVOLUTION_KERNEL);
        List<Integer> shape = List.of(height, width, in, out);
        assertArrayEquals(canonical, layout.toCanonical(file, shape));
        assertArrayEquals(file, layout.toFile(canonical, shape));
    }

    /** {@code [height, width, out, in]}, as Keras' Conv2DTranspose has it; ours is {@code [height, width, in, out]}. */
    @Test
    void transposedConvolutionsOfKerasHaveTheirOutputsFirst() {
        FileLayout layout = new FileLayout(NamingConvention.KERAS, TensorRole.TRANSPOSED_KERNEL);
        assertEquals(List.of(1, 1, 3, 2), layout.fileShape(List.of(1, 1, 2, 3)));
        assertArrayEquals(new float[] {0, 10, 20, 1, 11, 21},
                layout.toCanonical(new float[] {0, 1, 10, 11, 20, 21}, List.of(1, 1, 2, 3)));
    }

    @ParameterizedTest
    @EnumSource(names = "TRANSPOSED_KERNEL", mode = EnumSource.Mode.EXCLUDE)
    void kerasHasTheCanonicalLayouts(TensorRole role) {
        FileLayout layout = new FileLayout(NamingConvention.KERAS, role);
        List<Integer> shape = role.axes().stream().map(axis -> 2).toList();
        float[] values = new float[1 << shape.size()];
        assertEquals(shape, layout.fileShape(shape));
        assertEquals(role.axes(), layout.fileAxes());
        assertSame(values, layout.toCanonical(values, shape));
        assertSame(values, layout.toFile(values, shape));
    }

    @Property
    void toTheFileAndBackIsTheSame(@ForAll NamingConvention convention, @ForAll("tensors") Sample sample) {
        FileLayout layout = new FileLayout(convention, sample.role);
        float[] values = sample.values();
        assertEquals(values.length, layout.fileShape(sample.shape).stream().reduce(1, Math::multiplyExact));
        assertArrayEquals(values, layout.toCanonical(layout.toFile(values, sample.shape), sample.shape));
        assertArrayEquals(values, layout.toFile(layout.toCanonical(values, sample.shape), sample.shape));
    }

    record Sample(TensorRole role, List<Integer> shape) {

        float[] values() {
            float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
            IntStream.range(0, values.length).forEach(i -> values[i] = i);
            return values;
        }
    }

    @Provide
    Arbitrary<Sample> tensors() {
        Arbitrary<List<Integer>> sizes = Arbitraries.integers().between(1, 6).list().ofSize(4);
        return Combinators.combine(Arbitraries.of(TensorRole.class), sizes)
                .as((role, shape) -> new Sample(role, shape.subList(0, role.axes().size())));
    }
}
