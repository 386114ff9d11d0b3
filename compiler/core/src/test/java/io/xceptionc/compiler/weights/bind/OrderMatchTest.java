package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderMatchTest {

    private static final BindingOptions ORDER = new BindingOptions(Optional.empty(), Matching.ORDER);
    private static final BindingOptions NAMES = new BindingOptions(Optional.empty(), Matching.NAME);

    private final Diagnostics diagnostics = new Diagnostics();

    private void assertReported(String expected) {
        assertEquals(expected, HandmadeSafetensors.text(diagnostics.sorted()));
    }

    private static FileOf kerasOfAnotherSession() {
        return FileOf.format(FileOf.KERAS).add("block1_conv1/kernel", 3, 3, 3, 8).addKerasNorm("block1_conv1_bn", 8)
                .add("conv2d_37/kernel", 1, 1, 8, 8).addKerasNorm("batch_normalization_9", 8)
                .add("conv2d_38/kernel", 1, 1, 8, 16).addKerasNorm("batch_normalization_10", 16);
    }

    private static NetworkOf kerasNetwork() {
        return new NetworkOf().conv("block1_conv1", 3, 3, 8).norm("block1_conv1_bn", 8).conv("conv2d", 1, 8, 8)
                .norm("batch_normalization", 8).conv("conv2d_1", 1, 8, 16).norm("batch_normalization_1", 16);
    }

    @Test
    void namesThatKerasCountsUpAreMatchedByOrder() {
        assertEquals("""
                name: block1_conv1/kernel = block1_conv1/kernel
                name: block1_conv1_bn/gamma = block1_conv1_bn/gamma
                name: block1_conv1_bn/beta = block1_conv1_bn/beta
                name: block1_conv1_bn/moving_mean = block1_conv1_bn/moving_mean
                name: block1_conv1_bn/moving_variance = block1_conv1_bn/moving_variance
                order: conv2d/kernel = conv2d_37/kernel
                order: batch_normalization/gamma = batch_normalization_9/gamma
                order: batch_normalization/beta = batch_normalization_9/beta
                order: batch_normalization/moving_mean = batch_normalization_9/moving_mean
                order: batch_normalization/moving_variance = batch_normalization_9/moving_variance
                order: conv2d_1/kernel = conv2d_38/kernel
                order: batch_normalization_1/gamma = batch_normalization_10/gamma
                order: batch_normalization_1/beta = batch_normalization_10/beta
                order: batch_normalization_1/moving_mean = batch_normalization_10/moving_mean
                order: batch_normalization_1/moving_variance = batch_normalization_10/moving_variance
                """, kerasNetwork().bound(kerasOfAnotherSession(), NamingConvention.KERAS, BindingOptions.AUTO,
                diagnostics));
        assertReported("");
    }

    /** The file's conv2d_1 is the spec's conv2d: a number says nothing, although it is there in both. */
    @Test
    void aNumberThatIsThereInBothIsNoName() {
        FileOf file = FileOf.format(FileOf.KERAS).add("conv2d_1/kernel", 1, 1, 8, 8).add("conv2d_2/kernel", 1, 1, 8, 8);
        assertEquals("order: conv2d/kernel = conv2d_1/kernel\norder: conv2d_1/kernel = conv2d_2/kernel\n",
                new NetworkOf().conv("conv2d", 1, 8, 8).conv("conv2d_1", 1, 8, 8)
                        .bound(file, NamingConvention.KERAS, BindingOptions.AUTO, diagnostics));
    }

    @Test
    void byNameOnlyIfSoWished() {
        kerasNetwork().bound(kerasOfAnotherSession(), NamingConvention.KERAS, NAMES, diagnostics);
        assertEquals(
                "net.yaml:3:5: error[E301]: the tensor 'conv2d/kernel' [1, 1, 8, 8] of layer 'conv2d' is not in w.file",
                diagnostics.sorted().getFirst().headline());
    }

    /** Three norms of one size: each goes with the convolution before it, and the shortcut stands first in the file. */
    @Test
    void aShortcutMayStandElsewhereInTheFile() {
        FileOf file = FileOf.format(FileOf.PYTORCH).add("b.skip.weight", 8, 4, 1, 1).addPyTorchNorm("b.skipbn", 8)
                .add("b.rep.0.conv1.weight", 4, 1, 3, 3).add("b.rep.0.pointwise.weight", 8, 4, 1, 1)
                .addPyTorchNorm("b.rep.1", 8).add("b.rep.3.conv1.weight", 8, 1, 3, 3)
                .add("b.rep.3.pointwise.weight", 8, 8, 1, 1).addPyTorchNorm("b.rep.4", 8);
        String bound = new NetworkOf().separable("sep1", 4, 8).norm("bn1", 8).separable("sep2", 8, 8).norm("bn2", 8)
                .conv("skip", 1, 4, 8).norm("bn3", 8).bound(file, NamingConvention.KERAS, ORDER, diagnostics);
        assertReported("");
        assertEquals("""
                order: sep1/depthwise_kernel = b.rep.0.conv1.weight
                order: sep1/pointwise_kernel = b.rep.0.pointwise.weight
                order: bn1/gamma = b.rep.1.weight
                order: sep2/depthwise_kernel = b.rep.3.conv1.weight
                order: sep2/pointwise_kernel = b.rep.3.pointwise.weight
                order: bn2/gamma = b.rep.4.weight
                order: skip/kernel = b.skip.weight
                order: bn3/gamma = b.skipbn.weight
                """, bound.lines().filter(line -> line.matches(".*(kernel|gamma) = .*")).map(line -> line + "\n")
                .reduce("", String::concat));
    }

    @Test
    void whereTwoOfAShapeHaveMovedNothingIsGuessed() {
        FileOf file = FileOf.format(FileOf.KERAS).add("s/kernel", 1, 1, 8, 8).add("x/kernel", 3, 3, 8, 8)
                .add("y/kernel", 1, 1, 8, 8).add("z/kernel", 1, 1, 8, 4);
        assertEquals("", new NetworkOf().conv("a", 3, 8, 8).conv("b", 1, 8, 4).conv("c", 1, 8, 8).conv("d", 1, 8, 8)
                .bound(file, NamingConvention.KERAS, BindingOptions.AUTO, diagnostics));
        assertReported(
                "net.yaml:1:5: error[E308]: the tensors of w.file cannot be bound by order: layer 'a' wants kernel "
                        + "[3, 3, 8, 8], where the file has 's' with kernel [1, 1, 8, 8]; the network has 4 layers to bind so, the file 4 "
                        + "(say which is which under `weights: {rename: ...}` in the spec, or look for the weights of this very "
                        + "network)");
    }

    @Test
    void theFirstMisfitIsShown() {
        FileOf file = FileOf.format(FileOf.KERAS).add("x/kernel", 3, 3, 3, 8).addKerasNorm("y", 8)
                .add("z/kernel", 1, 1, 8, 4).add("z/bias", 4);
        new NetworkOf().conv("a", 3, 3, 8).norm("b", 8).conv("c", 1, 8, 4).bound(file, NamingConvention.PYTORCH,
                BindingOptions.AUTO, diagnostics);
        assertEquals(
                "net.yaml:3:5: error[E308]: the tensors of w.file cannot be bound by order: layer 'c' wants kernel "
                        + "[1, 1, 8, 4], where the file has 'z' with kernel [1, 1, 8, 4], bias [4]; the network has 3 layers to bind so, "
                        + "the file 3",
                diagnostics.sorted().getFirst().headline().replaceAll(" \\(.*", ""));
    }

    @Test
    void aFileThatEndsTooEarlyOrTooLate() {
        FileOf file = FileOf.format(FileOf.KERAS).add("x/kernel", 3, 3, 8, 8).add("y/kernel", 3, 3, 8, 8);
        new NetworkOf().conv("a", 3, 8, 8).conv("b", 3, 8, 8).conv("c", 3, 8, 8).bound(file, NamingConvention.KERAS,
                BindingOptions.AUTO, diagnostics);
        new NetworkOf().conv("a", 3, 8, 8).bound(file, NamingConvention.KERAS, BindingOptions.AUTO, diagnostics);
        String help =
                " (say which is which under `weights: {rename: ...}` in the spec, or look for the weights of this very "
                        + "network)";
        assertReported(
                "net.yaml:3:5: error[E308]: the tensors of w.file cannot be bound by order: layer 'c' wants kernel "
                        + "[3, 3, 8, 8], where the file has no layer any more; the network has 3 layers to bind so, the file 2"
                        + help
                        + "\nw.file: error[E308]: the tensors of w.file cannot be bound by order: the file's layer 'y' with kernel "
                        + "[3, 3, 8, 8] is beyond the network's last one; the network has 1 layers to bind so, the file 2"
                        + help);
    }

    /** Keras 3 calls it kernel, Keras 2 depthwise_kernel. */
    @Test
    void theKernelOfADepthwiseConvolutionHasTwoNamesInKeras() {
        FileOf file = FileOf.format(FileOf.KERAS).add("a/kernel", 3, 3, 4, 2).add("b/depthwise_kernel", 3, 3, 4, 2);
        assertEquals("name: a/depthwise_kernel = a/kernel\nname: b/depthwise_kernel = b/depthwise_kernel\n",
                new NetworkOf().depthwise("a", 4, 2).depthwise("b", 4, 2).bound(file, NamingConvention.KERAS,
                        BindingOptions.AUTO, diagnostics));
        FileOf three = FileOf.format(FileOf.KERAS).add("a/kernel", 3, 3, 4, 2);
        assertEquals("order: x/depthwise_kernel = a/kernel\n", new NetworkOf().depthwise("x", 4, 2).bound(three,
                NamingConvention.KERAS, BindingOptions.AUTO, diagnostics));
        FileOf two = FileOf.format(FileOf.KERAS).add("b/depthwise_kernel", 3, 3, 4, 2);
        assertEquals("order: x/depthwise_kernel = b/depthwise_kernel\n", new NetworkOf().depthwise("x", 4, 2).bound(two,
                NamingConvention.KERAS, BindingOptions.AUTO, diagnostics));
        assertReported("");
    }

    @Test
    void aHeadThatTheNetworkHasNotIsLeftOut() {
        FileOf file = FileOf.format(FileOf.KERAS).add("x/kernel", 3, 3, 8, 8).add("predictions/kernel", 8, 5)
                .add("predictions/bias", 5);
        assertEquals("order: a/kernel = x/kernel\n", new NetworkOf().conv("a", 3, 8, 8).bound(file,
                NamingConvention.KERAS, BindingOptions.AUTO, diagnostics));
        assertReported("w.file: warning[W301]: has the tensor 'predictions/kernel', which no layer uses\n"
                + "w.file: warning[W301]: has the tensor 'predictions/bias', which no layer uses");
    }

    /** As Hugging Face's library writes files: block10 before block2. */
    @Test
    void anOrderOfNamesIsNoOrderOfLayers() {
        FileOf sorted = FileOf.format(FileOf.SAFETENSORS).add("block1.weight", 8, 8, 3, 3)
                .add("block10.weight", 8, 8, 3, 3).add("block2.weight", 8, 8, 3, 3).add("head.weight", 5, 8);
        NetworkOf network = new NetworkOf().conv("a", 3, 8, 8).conv("b", 3, 8, 8).conv("c", 3, 8, 8);
        assertEquals("", network.bound(sorted, NamingConvention.KERAS, ORDER, diagnostics));
        assertReported(
                "w.file: error[E308]: the tensors of w.file cannot be bound by order: its tensors are sorted by name, so "
                        + "their order says nothing, and several layers have the same shapes (say which is which under `weights: {rename: ...}` in the "
                        + "spec, or look for the weights of this very network)");
        FileOf distinct = FileOf.format(FileOf.SAFETENSORS).add("a.weight", 5, 8, 1, 1).add("b.weight", 8, 3, 3, 3);
        assertEquals("order: stem/kernel = b.weight\norder: head/kernel = a.weight\n",
                new NetworkOf().conv("stem", 3, 3, 8).conv("head", 1, 8, 5).bound(distinct, NamingConvention.KERAS,
                        ORDER, new Diagnostics()));
    }

    @Test
    void aHostileFileCommandsNoTerminalAndFillsNoScreen() {
        FileOf file = FileOf.format(FileOf.KERAS);
        IntStream.range(0, 8).forEach(i -> file.add("x\u001b[2J/\u001b[2J" + i, 1));
        new NetworkOf().conv("a", 3, 8, 8).bound(file, NamingConvention.KERAS, BindingOptions.AUTO, diagnostics);
        assertEquals(
                "net.yaml:1:5: error[E308]: the tensors of w.file cannot be bound by order: layer 'a' wants kernel "
                        + "[3, 3, 8, 8], where the file has 'x\\u{1b}[2J' with '\\u{1b}[2J0' [1], '\\u{1b}[2J1' [1], '\\u{1b}[2J2' [1], "
                        + "'\\u{1b}[2J3' [1], '\\u{1b}[2J4' [1] and 3 more; the network has 1 layers to bind so, the file 1",
                diagnostics.sorted().getFirst().headline());
    }
}
