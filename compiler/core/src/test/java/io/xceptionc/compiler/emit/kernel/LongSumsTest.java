package io.xceptionc.compiler.emit.kernel;

import static io.xceptionc.compiler.emit.kernel.KernelChain.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.testing.GeneratedCode;
import io.xceptionc.compiler.testing.Sketch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sums of very many terms keep the digits that float32 has, whatever the terms are, to the same bits for any vectors
 * and parts.
 */
class LongSumsTest {

    private static final int HEIGHT = 640;
    private static final int WIDTH = 505;
    private static final int PIXELS = HEIGHT * WIDTH;

    /** What a channel may hold; a plain sum of float32 departs by more than the bound for most of them. */
    private static final List<IntToDoubleFunction> CHANNELS = List.of(_ -> 0.1, _ -> 0.7, _ -> 1, _ -> 255,
            _ -> -3.3e-7,
            i -> i == 0 ? 1e7 : 0.1, i -> i == PIXELS - 1 ? -1e7 : 0.1, i -> i / 1e3, i -> (PIXELS - i) / 1e3,
            i -> (i % 2 == 0 ? 1e6 : -1e6) + 0.1, i -> Math.exp(-i / 1e4), i -> new SplittableRandom(i).nextDouble(),
            i -> new SplittableRandom(i).nextDouble() - 0.5,
            i -> Math.pow(10, new SplittableRandom(i).nextDouble(12) - 6));

    private static Graph graph(int height, int width, int channels, Op... ops) {
        KernelChain chain = new KernelChain(height, width, channels);
        List.of(ops).forEach(chain::then);
        return chain.sketch.build(chain.last());
    }

    /** The same result for each width of vectors, in one part and in several. */
    private static float[] result(Graph graph, float[] image) {
        GeneratedCode code = GeneratedCode.ofKernelOps(graph);
        float[] result = code.run(512, 1, image);
        assertArrayEquals(result, code.run(256, 3, image), "256 bits");
        assertArrayEquals(result, code.run(128, 2, image), "128 bits");
        return result;
    }

    private static float[] image() {
        return floats(PIXELS * CHANNELS.size(),
                i -> CHANNELS.get(i % CHANNELS.size()).applyAsDouble(i / CHANNELS.size()));
    }

    private static float[] floats(int length, IntToDoubleFunction element) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = (float) element.applyAsDouble(i);
        }
        return floats;
    }

    private static void assertMeans(float[] image, float[] means) {
        for (int channel = 0; channel < CHANNELS.size(); channel++) {
            int first = channel;
            double sum = IntStream.range(0, PIXELS).mapToDouble(i -> image[i * CHANNELS.size() + first]).sum();
            double scale = IntStream.range(0, PIXELS)
                    .mapToDouble(i -> Math.abs(image[i * CHANNELS.size() + first])).sum() / PIXELS;
            double error = Math.abs(means[channel] - sum / PIXELS) / scale;
            assertTrue(error < 2e-7, "channel " + channel + ": " + error);
        }
    }

    @Test
    void meansOfLargeImagesAreExactToATenMillionth() {
        float[] image = image();
        assertMeans(image, result(graph(HEIGHT, WIDTH, CHANNELS.size(), new GlobalPool2d(Reduction.MEAN)), image));
        assertMeans(image, result(graph(HEIGHT, WIDTH, CHANNELS.size(),
                new Pool2d(Reduction.MEAN, window(HEIGHT, WIDTH), false), new Flatten(false)), image));
    }

    /** Written out or not. */
    @Test
    void meansUnderWindowsAreExactToAMillionth() {
        for (int[] sides : new int[][] {{7, 7}, {3, 13}, {13, 3}, {1, 15}, {1, 49}, {49, 1}, {24, 2}, {12, 12}}) {
            for (float even : new float[] {0.1f, 0.7f, 1 / 3f, 254.9f}) {
                float[] image = floats(sides[0] * sides[1], _ -> even);
                float[] mean = result(graph(sides[0], sides[1], 1,
                        new Pool2d(Reduction.MEAN, window(sides[0], sides[1]), false), new Flatten(false)), image);
                assertTrue(Math.abs(mean[0] - even) < 5e-7 * even, Arrays.toString(sides) + ": " + mean[0]);
            }
        }
    }

    @Test
    void softmaxOfManyClassesAddsUpToOne() {
        float[] image = floats(300_000, i -> i % 7 * 0.1);
        double[] exponentials = IntStream.range(0, image.length).mapToDouble(i -> Math.exp(image[i])).toArray();
        double sum = Arrays.stream(exponentials).sum();
        float[] result = result(graph(1, 1, image.length, new Flatten(false), new Softmax()), image);
        for (int i = 0; i < image.length; i++) {
            assertTrue(Math.abs(result[i] * sum / exponentials[i] - 1) < 1e-6, "class " + i);
        }
    }

    /** Terms of one sign, the worst there is: a plain sum of so many is wrong by a thousandth. */
    @Test
    void denseLayersKeepDigitsForAnyNumberOfInputs() {
        int inputs = 200_000;
        float[] image = floats(inputs, _ -> 0.7);
        float[] weights = floats(2 * inputs, i -> i % 2 == 0 ? 0.1 : new SplittableRandom(i).nextDouble());
        Dense dense = new Dense(Sketch.tensor(List.of(inputs, 2), weights), Optional.empty(), Fusion.NONE);
        float[] result = result(graph(1, 1, inputs, new Flatten(false), dense), image);
        for (int unit = 0; unit < 2; unit++) {
            int first = unit;
            double sum = IntStream.range(0, inputs).mapToDouble(i -> (double) 0.7f * weights[2 * i + first]).sum();
            assertTrue(Math.abs(result[unit] / sum - 1) < 3e-5, "unit " + unit + ": " + result[unit] + ", not " + sum);
        }
    }

    /** As a blur has. */
    @Test
    void largeDepthwiseWindowsKeepDigits() {
        int side = 60;
        float[] image = floats(side * side, _ -> 0.7);
        float[] taps = floats(side * side, _ -> 0.1);
        DepthwiseConv2d blur = new DepthwiseConv2d(window(side, side),
                Sketch.tensor(List.of(side, side, 1, 1), taps), Optional.empty(), Fusion.NONE);
        double sum = (double) 0.7f * 0.1f * taps.length;
        float[] result = result(graph(side, side, 1, blur, new Flatten(false)), image);
        assertTrue(Math.abs(result[0] / sum - 1) < 5e-6, result[0] + ", not " + sum);
    }
}
