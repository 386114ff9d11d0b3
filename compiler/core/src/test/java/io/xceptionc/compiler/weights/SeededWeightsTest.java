package io.xceptionc.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeededWeightsTest {

    private static final SourceSpan LINE_9 = new SourceSpan("net.yaml", 9, 5, 6);
    private static final SourceSpan LINE_12 = new SourceSpan("net.yaml", 12, 5, 6);

    private final Diagnostics diagnostics = new Diagnostics();

    /* The expected numbers come from values(seed, name, count, low, high) of SeededValuesTest; the line above each is the call. */

    @Test
    void kernelsAreScaledByTheirFanIn() {
        // values(0, "block1_conv1/kernel", ..., -sqrt(3/27), sqrt(3/27))[:4]
        assertBegins(values(0, NamingConvention.KERAS, "block1_conv1", TensorRole.CONVOLUTION_KERNEL, 3, 3, 3, 32),
                -3.1909987e-01f, 8.281263e-02f,
                2.83445e-01f, -3.653999e-02f);
        // values(1, "c/kernel", 24, -sqrt(3/12), sqrt(3/12))[:3]: 2 x 2 taps, 6 channels in 2 groups
        assertBegins(values(1, NamingConvention.KERAS, "c", TensorRole.CONVOLUTION_KERNEL, 2, 2, 3, 2), -2.879637e-01f,
                5.4951906e-02f, -2.421484e-01f);
        // values(1, "sepconv.conv1.weight", 18, -sqrt(3/9), sqrt(3/9))[:3]
        assertBegins(values(1, NamingConvention.PYTORCH, "sepconv", TensorRole.SEPARABLE_DEPTHWISE_KERNEL, 3, 3, 2, 1),
                1.9103898e-02f, -2.4542084e-01f,
                5.1186204e-01f);
        // values(1, "s/depthwise_kernel", 12, -sqrt(3/6), sqrt(3/6))[:2]
        assertBegins(values(1, NamingConvention.KERAS, "s", TensorRole.DEPTHWISE_KERNEL, 2, 3, 1, 2), -2.4161465e-01f,
                -6.168194e-01f);
        // values(1, "s/pointwise_kernel", 6, -1, 1)
        assertArrayEquals(
                new float[] {8.0597544e-01f, -1.2926447e-01f, -9.653734e-01f, -9.3198526e-01f, 4.7379708e-01f,
                    -6.690376e-01f},
                values(1, NamingConvention.KERAS, "s", TensorRole.SEPARABLE_POINTWISE_KERNEL, 1, 1, 3, 2));
        // values(1, "fc/kernel", 8, -sqrt(3/4), sqrt(3/4))[:2]
        assertBegins(values(1, NamingConvention.KERAS, "fc", TensorRole.DENSE_KERNEL, 4, 2), -8.439391e-01f,
                1.979629e-01f);
    }

    @Test
    void vectorsLieWhereTrainedOnesDo() {
        // values(1, "s/bias", 3, -.1, .1)
        assertArrayEquals(new float[] {7.1362615e-02f, -2.1336198e-02f, -2.705897e-02f},
                vector(1, NamingConvention.KERAS, "s", TensorRole.SEPARABLE_BIAS));
        // values(-3, "fc.bias", 3, -.1, .1)
        assertArrayEquals(new float[] {5.2393235e-02f, 5.8194734e-02f, 6.046449e-02f},
                vector(-3, NamingConvention.PYTORCH, "fc", TensorRole.BIAS));
        // values(1, "bn/beta", 3, -.1, .1)
        assertArrayEquals(new float[] {3.1030571e-02f, 9.010078e-02f, 9.199271e-02f},
                vector(1, NamingConvention.KERAS, "bn", TensorRole.BETA));
        // values(1, "bn/moving_mean", 3, -.1, .1)
        assertArrayEquals(new float[] {2.4603616e-02f, 2.7724182e-02f, 8.48256e-02f},
                vector(1, NamingConvention.KERAS, "bn", TensorRole.MOVING_MEAN));
        // values(1, "bn/gamma", 3, .5, 1.5)
        assertArrayEquals(new float[] {5.897007e-01f, 5.448381e-01f, 8.383484e-01f},
                vector(1, NamingConvention.KERAS, "bn", TensorRole.GAMMA));
        // values(42, "bn1.running_var", 3, .5, 1.5)
        assertArrayEquals(new float[] {8.580564e-01f, 8.732816e-01f, 1.0324485e+00f},
                vector(42, NamingConvention.PYTORCH, "bn1", TensorRole.MOVING_VARIANCE));
    }

    @Test
    void layersOfOneNameShareOneTensor() {
        SeededWeights weights = new SeededWeights(1, NamingConvention.KERAS, diagnostics);
        Tensor first = weights.tensor("dense", TensorRole.BIAS, List.of(4), LINE_9);
        assertSame(first, weights.tensor("dense", TensorRole.BIAS, List.of(4), LINE_12));
        assertNotSame(first, weights.tensor("other", TensorRole.BIAS, List.of(4), LINE_12));
        assertFalse(diagnostics.hasErrors());
    }

    @Test
    void oneNameForTwoShapesIsAnError() {
        SeededWeights weights = new SeededWeights(1, NamingConvention.PYTORCH, diagnostics);
        weights.tensor("sep", TensorRole.SEPARABLE_DEPTHWISE_KERNEL, List.of(3, 3, 8, 1), LINE_9);
        weights.tensor("sep.conv1", TensorRole.CONVOLUTION_KERNEL, List.of(3, 3, 8, 1), LINE_12);
        assertEquals(
                "net.yaml:12:5: error[E302]: layer 'sep.conv1' wants the tensor 'sep.conv1.weight' as convolution kernel [3, 3, 8, 1], but it is "
                        + "depthwise kernel [3, 3, 8, 1] at net.yaml:9:5 (give one of the two layers another name)",
                reported());
    }

    @Test
    void aTensorBeyondAnArrayIsAnError() {
        SeededWeights weights = new SeededWeights(1, NamingConvention.KERAS, diagnostics);
        Tensor tensor = weights.tensor("fc", TensorRole.DENSE_KERNEL, List.of(2_000_000_000, 2_000_000_000), LINE_9);
        assertEquals(List.of(2_000_000_000, 2_000_000_000), tensor.shape());
        assertEquals(
                "net.yaml:9:5: error[E205]: the tensor 'fc/kernel' [2000000000, 2000000000] has more than 2147483639 elements "
                        + "(make the layer smaller)",
                reported());
    }

    @Test
    void weightsBeyondTheHeapAreOneError() {
        TensorCatalog catalog = new TensorCatalog(NamingConvention.KERAS, diagnostics, 12 << 20);
        for (int i = 0; i < 5; i++) {
            catalog.tensor("fc" + i, TensorRole.DENSE_KERNEL, List.of(1024, 512), LINE_9,
                    name -> Tensor.vector(name, new float[1]));
        }
        assertEquals(
                "net.yaml:9:5: error[E403]: with the tensor 'fc2/kernel' the weights pass what fits into the Java heap of 12 MiB "
                        + "(give Java more memory with -Xmx, or make the network smaller)",
                reported());
    }

    private float[] vector(long seed, NamingConvention convention, String layer, TensorRole role) {
        return values(seed, convention, layer, role, 3);
    }

    private float[] values(long seed, NamingConvention convention, String layer, TensorRole role, Integer... shape) {
        return new SeededWeights(seed, convention, diagnostics).tensor(layer, role, List.of(shape), LINE_9).values();
    }

    private static void assertBegins(float[] actual, float... expected) {
        assertArrayEquals(expected, Arrays.copyOf(actual, expected.length));
    }

    private String reported() {
        List<Diagnostic> all = diagnostics.sorted();
        assertEquals(1, all.size(), all::toString);
        return all.getFirst().headline() + " (" + all.getFirst().help() + ")";
    }
}
