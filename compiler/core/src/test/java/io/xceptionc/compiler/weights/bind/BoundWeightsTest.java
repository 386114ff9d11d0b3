package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import io.xceptionc.compiler.format.safetensors.SafetensorsFile;
import io.xceptionc.compiler.format.safetensors.SafetensorsWriter;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.weights.FileLayout;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.SeededValues;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.WantedTensor;
import io.xceptionc.compiler.weights.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BoundWeightsTest {

    private final SafetensorsWriter content = new SafetensorsWriter();
    private final Diagnostics diagnostics = new Diagnostics();
    private final List<WantedTensor> wanted = new ArrayList<>();

    @Test
    void kernelsComeInTheCanonicalLayout() throws Exception {
        content.add("conv.weight", List.of(3, 2, 1, 2),
                new float[] {0, 1, 10, 11, 100, 101, 110, 111, 200, 201, 210, 211})
                .add("conv.bias", List.of(3), new float[] {1, 2, 3})
                .add("sep.conv1.weight", List.of(2, 1, 1, 2), new float[] {0, 1, 10, 11})
                .add("sep.pointwise.weight", List.of(3, 2, 1, 1), new float[] {0, 1, 10, 11, 20, 21})
                .add("fc.weight", ElementType.BF16, List.of(3, 2), () -> new float[] {0, 1, 10, 11, 20, 21});
        want(1, "conv", TensorRole.CONVOLUTION_KERNEL, 1, 2, 2, 3);
        want(1, "conv", TensorRole.BIAS, 3);
        want(2, "sep", TensorRole.SEPARABLE_DEPTHWISE_KERNEL, 1, 2, 2, 1);
        want(2, "sep", TensorRole.SEPARABLE_POINTWISE_KERNEL, 1, 1, 2, 3);
        want(3, "fc", TensorRole.DENSE_KERNEL, 2, 3);
        BoundWeights weights = bind(NamingConvention.PYTORCH);
        List<float[]> values = wanted.stream().map(each -> tensor(weights, each).values()).toList();
        assertArrayEquals(new float[] {0, 100, 200, 10, 110, 210, 1, 101, 201, 11, 111, 211}, values.get(0));
        assertArrayEquals(new float[] {1, 2, 3}, values.get(1));
        assertArrayEquals(new float[] {0, 10, 1, 11}, values.get(2));
        assertArrayEquals(new float[] {0, 10, 20, 1, 11, 21}, values.get(3));
        assertArrayEquals(new float[] {0, 10, 20, 1, 11, 21}, values.get(4));
        assertReported(weights, "");
    }

    @Test
    void layersOfOneNameShareOneTensorAlsoWhenItIsMissing() throws Exception {
        content.add("a/bias", List.of(1), new float[] {7});
        WantedTensor there = want(1, "a", TensorRole.BIAS, 1);
        WantedTensor absent = want(3, "absent", TensorRole.BIAS, 1);
        BoundWeights weights = bind(NamingConvention.KERAS);
        assertSame(tensor(weights, there), tensor(weights, there));
        assertSame(tensor(weights, absent), tensor(weights, absent));
        assertReported(weights,
                "net.yaml:3:5: error[E301]: the tensor 'absent/bias' [1] of layer 'absent' is not in w.safetensors "
                        + "(every tensor of the file is in use)");
    }

    @Test
    void allProblemsAreReportedAtOnce() throws Exception {
        content.add("conv1/kernel", List.of(3, 3, 3, 16), new float[432])
                .add("conv2/kernel", List.of(8, 8, 1, 1), new float[64])
                .add("bn_1/gama", List.of(8), new float[8])
                .add("bn_1/beta", List.of(8), new float[8])
                .add("extra\u001b[2J", List.of(2, 2), new float[4])
                .add("bn_2/moving_mean", List.of(4), new float[] {-1, -2, -3, -4})
                .add("bn_2/moving_variance", List.of(4), new float[] {1, -0.0f, -1e-9f, -2})
                .add("bn_3/moving_variance", List.of(1), new float[] {-3})
                .add("fc/kernel", List.of(2, 2), new float[] {1, 2, Float.NaN, Float.NEGATIVE_INFINITY})
                .add("fc/bias", ElementType.F64, List.of(2), () -> new float[] {1, Float.POSITIVE_INFINITY});
        want(10, "conv1", TensorRole.CONVOLUTION_KERNEL, 3, 3, 3, 32);
        want(11, "conv2", TensorRole.CONVOLUTION_KERNEL, 1, 1, 8, 8);
        want(12, "bn_1", TensorRole.GAMMA, 8);
        want(12, "bn_1", TensorRole.BETA, 8);
        want(12, "bn_1", TensorRole.MOVING_MEAN, 8);
        want(13, "bn_2", TensorRole.MOVING_MEAN, 4);
        want(13, "bn_2", TensorRole.MOVING_VARIANCE, 4);
        want(14, "bn_3", TensorRole.MOVING_VARIANCE, 1);
        want(15, "fc", TensorRole.DENSE_KERNEL, 2, 2);
        want(15, "fc", TensorRole.BIAS, 2);
        BoundWeights weights = bind(NamingConvention.KERAS);
        wanted.forEach(each -> tensor(weights, each));
        assertReported(weights,
                """
                        net.yaml:10:5: error[E302]: the tensor 'conv1/kernel' is [3, 3, 3, 16] in w.safetensors, but layer 'conv1' wants \
                        [3, 3, 3, 32] (both are [height, width, in, out])
                        net.yaml:11:5: error[E302]: the tensor 'conv2/kernel' is [8, 8, 1, 1] in w.safetensors, but layer 'conv2' wants \
                        [1, 1, 8, 8] (it lies as pytorch has it, [out, in, height, width], not keras: transpose it in the file)
                        net.yaml:12:5: error[E301]: the tensor 'bn_1/gamma' [8] of layer 'bn_1' is not in w.safetensors \
                        (did you mean 'bn_1/gama'?)
                        net.yaml:12:5: error[E301]: the tensor 'bn_1/moving_mean' [8] of layer 'bn_1' is not in w.safetensors \
                        (the file has no unused tensor of a similar name)
                        w.safetensors: error[E306]: has -1.0E-9 in the tensor 'bn_2/moving_variance' at [2], the first of 2 negative values \
                        (it is the variance of a batch norm, which cannot be negative; look whether another tensor was saved under its \
                        name, and save or download the file again)
                        w.safetensors: error[E306]: has -3.0 in the tensor 'bn_3/moving_variance' at [0] \
                        (it is the variance of a batch norm, which cannot be negative; look whether another tensor was saved under its \
                        name, and save or download the file again)
                        w.safetensors: error[E305]: has NaN in the tensor 'fc/kernel' at [1, 0], the first of 2 values that are not finite \
                        (no network answers with such weights; look for a checkpoint from before the training diverged)
                        w.safetensors: error[E305]: has Infinity in the tensor 'fc/bias' at [1] \
                        (no network answers with such weights; look for a checkpoint from before the training diverged)
                        w.safetensors: warning[W301]: has the tensor 'bn_1/gama', which no layer uses (is it meant to be 'bn_1/gamma'?)
                        w.safetensors: warning[W301]: has the tensor 'extra\\u{1b}[2J', which no layer uses""");
    }

    @Test
    void aShapeIsShownInTheLayoutOfTheFile() throws Exception {
        content.add("dw.weight", List.of(8, 1, 3, 3), new float[72]);
        WantedTensor kernel = want(1, "dw", TensorRole.DEPTHWISE_KERNEL, 3, 3, 8, 2);
        BoundWeights weights = bind(NamingConvention.PYTORCH);
        Tensor tensor = tensor(weights, kernel);
        assertEquals(List.of(3, 3, 8, 2), tensor.shape());
        assertThrows(IllegalStateException.class, tensor::values);
        assertReported(weights,
                "net.yaml:1:5: error[E302]: the tensor 'dw.weight' is [8, 1, 3, 3] in w.safetensors, but layer 'dw' wants "
                        + "[16, 1, 3, 3] (both are [channels * multiplier, 1, height, width])");
    }

    @Test
    void theWrongConventionIsOneProblem() throws Exception {
        content.add("conv1.weight", List.of(1, 1, 1, 1), new float[1]).add("bn1.weight", List.of(1), new float[1])
                .add("bn1.bias", List.of(1), new float[1]).add("bn1.running_mean", List.of(1), new float[1])
                .add("bn1.running_var", List.of(1), new float[1]);
        want(1, "stem", TensorRole.CONVOLUTION_KERNEL, 1, 1, 1, 1);
        want(2, "stem_bn", TensorRole.GAMMA, 1);
        want(2, "stem_bn", TensorRole.BETA, 1);
        assertReported(bind(NamingConvention.KERAS),
                "w.safetensors: error[E301]: lacks 3 of the network's 3 tensors; its names look like pytorch (set "
                        + "`weights: pytorch` in the spec if it has their names, or say which is which under `weights: "
                        + "{rename: ...}`, or bind them by order with --match order)");
    }

    @Test
    void theWrongProfileIsOneProblem() throws Exception {
        content.add("stem/kernel", List.of(1, 1, 1, 1), new float[1]);
        want(1, "stem", TensorRole.CONVOLUTION_KERNEL, 1, 1, 1, 1);
        BoundWeights weights = BoundWeights.of(file(), wanted, NamingConvention.PYTORCH, List.of(),
                new BindingOptions(Optional.of(Profile.TIMM), Matching.AUTO), diagnostics);
        assertReported(weights, "w.safetensors: error[E301]: lacks 1 of the network's 1 tensors; its names look like "
                + "keras (take the profile keras, or none)");
    }

    @Test
    void countersOptimisersAndAuxiliaryHeadsAreLeftWithoutAWord() throws IOException, InvalidInputException {
        String header = "{\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"optimizer.state.0.step\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},"
                + "\"AuxLogits.fc.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}";
        SafetensorsFile file = HandmadeSafetensors.open(HandmadeSafetensors.file(header, 16));
        BoundWeights weights = bind(file, NamingConvention.PYTORCH);
        assertReported(weights, "");
        assertEquals(Map.of(Leftover.COUNTER, 1, Leftover.OPTIMISER, 1, Leftover.AUXILIARY, 1),
                weights.report(List.of()).leftovers());
    }

    @Test
    void integersAreNoWeights() throws InvalidInputException {
        String header = "{\"fc/bias\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
        WantedTensor bias = want(1, "fc", TensorRole.BIAS, 1);
        BoundWeights weights =
                bind(HandmadeSafetensors.open(HandmadeSafetensors.file(header, 8)), NamingConvention.KERAS);
        tensor(weights, bias);
        assertReported(weights,
                "w.safetensors: error[E304]: has the tensor 'fc/bias' as I64, which cannot be read as 32-bit floating "
                        + "point numbers (save it as F32, F16, BF16 or F64)");
    }

    @Test
    void manyUnusedTensorsAreSummedUp() throws Exception {
        IntStream.range(0, 25).forEach(i -> content.add("head" + i, List.of(1), new float[1]));
        BoundWeights weights = bind(NamingConvention.KERAS);
        weights.finish();
        assertFalse(diagnostics.hasErrors());
        assertEquals(11, diagnostics.sorted().size());
        assertEquals("w.safetensors: warning[W301]: has 15 more tensors that no layer uses",
                diagnostics.sorted().getLast().headline());
    }

    @Test
    void valuesOutliveTheFile() throws Exception {
        content.add("a/bias", List.of(1), new float[] {7});
        SafetensorsFile file = file();
        WantedTensor bias = want(1, "a", TensorRole.BIAS, 1);
        Tensor tensor = tensor(bind(file, NamingConvention.KERAS), bias);
        file.close();
        assertArrayEquals(new float[] {7}, tensor.values());
    }

    @Test
    void aTensorIsReadWhenALayerAsksForIt() throws Exception {
        content.add("a/bias", List.of(1), new float[] {Float.NaN});
        want(1, "a", TensorRole.BIAS, 1);
        assertReported(bind(NamingConvention.KERAS), "");
    }

    @Property
    void whatWasWrittenInAConventionIsBoundAgain(@ForAll NamingConvention convention, @ForAll TensorRole role,
            @ForAll("sizes") List<Integer> sizes) throws Exception {
        List<Integer> shape = sizes.subList(0, role.axes().size());
        double lowest = role == TensorRole.MOVING_VARIANCE ? 0 : -1;
        float[] values = SeededValues.of(1, "x", shape.stream().reduce(1, Math::multiplyExact), lowest, 1);
        FileLayout layout = new FileLayout(convention, role);
        byte[] bytes = bytes(new SafetensorsWriter().add(convention.tensorName("l", role), layout.fileShape(shape),
                layout.toFile(values, shape)));
        Diagnostics none = new Diagnostics();
        for (NamingConvention ofSpec : NamingConvention.values()) {
            WantedTensor only = new WantedTensor("l", role, shape, new SourceSpan("net.yaml", 1, 5, 4));
            BoundWeights weights = BoundWeights.of(HandmadeSafetensors.open(bytes), List.of(only), ofSpec, List.of(),
                    new BindingOptions(Optional.of(Profile.valueOf(convention.name())), Matching.AUTO), none);
            assertArrayEquals(values, tensor(weights, only).values());
            weights.finish();
        }
        assertEquals(List.of(), none.sorted());
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 5).list().ofSize(4);
    }

    private BoundWeights bind(NamingConvention convention) throws IOException, InvalidInputException {
        return bind(file(), convention);
    }

    private BoundWeights bind(TensorSource file, NamingConvention ofSpec) {
        return BoundWeights.of(file, wanted, ofSpec, List.of(), BindingOptions.AUTO, diagnostics);
    }

    private SafetensorsFile file() throws IOException, InvalidInputException {
        return HandmadeSafetensors.open(bytes(content));
    }

    private static byte[] bytes(SafetensorsWriter writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    private WantedTensor want(int line, String layer, TensorRole role, Integer... shape) {
        wanted.add(new WantedTensor(layer, role, List.of(shape), new SourceSpan("net.yaml", line, 5, 4)));
        return wanted.getLast();
    }

    private static Tensor tensor(Weights weights, WantedTensor wanted) {
        return weights.tensor(wanted.layer(), wanted.role(), wanted.shape(), wanted.span());
    }

    private void assertReported(Weights weights, String expected) {
        weights.finish();
        assertEquals(expected, HandmadeSafetensors.text(diagnostics.sorted()));
    }
}
