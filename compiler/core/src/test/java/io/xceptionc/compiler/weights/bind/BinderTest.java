package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.WantedTensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinderTest {

    private static final BindingOptions ORDER = new BindingOptions(Optional.empty(), Matching.ORDER);

    private final Diagnostics diagnostics = new Diagnostics();

    private void assertReported(String expected) {
        assertEquals(expected, HandmadeSafetensors.text(diagnostics.sorted()));
    }

    private static RenameRule rename(int line, String pattern, String replacement) {
        return new RenameRule(pattern, replacement, new SourceSpan("net.yaml", line, 9, 4));
    }

    @Test
    void wrappersAndSynonymsOfPyTorch() {
        FileOf file = FileOf.format(FileOf.PYTORCH).add("module.model.a.conv_dw.weight", 4, 1, 3, 3)
                .add("module.model.a.conv_pw.weight", 8, 4, 1, 1).add("module.model.b.0.weight", 8, 1, 3, 3)
                .add("module.model.b.1.weight", 8, 8, 1, 1).addPyTorchNorm("module.model.n", 8)
                .add("module.model.last_linear.weight", 5, 8).add("module.model.last_linear.bias", 5)
                .add("optimizer.state.0.step");
        assertEquals("""
                name: a.conv1.weight = module.model.a.conv_dw.weight
                name: a.pointwise.weight = module.model.a.conv_pw.weight
                name: b.conv1.weight = module.model.b.0.weight
                name: b.pointwise.weight = module.model.b.1.weight
                name: n.weight = module.model.n.weight
                name: n.bias = module.model.n.bias
                name: n.running_mean = module.model.n.running_mean
                name: n.running_var = module.model.n.running_var
                name: fc.weight = module.model.last_linear.weight
                name: fc.bias = module.model.last_linear.bias
                """, new NetworkOf().separable("a", 4, 8).separable("b", 8, 8).norm("n", 8).dense("fc", 8, 5)
                .bound(file, NamingConvention.PYTORCH, BindingOptions.AUTO, diagnostics));
        assertReported("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"backbone.", "_orig_mod.", "net.", "network.", "model.backbone.", "module._orig_mod.model."})
    void whatTrainersPutBeforeNamesIsTakenOff(String prefix) {
        FileOf file = FileOf.format(FileOf.SAFETENSORS).add(prefix + "fc.weight", 5, 8).add(prefix + "fc.bias", 5);
        assertEquals("name: fc.weight = %1$sfc.weight\nname: fc.bias = %1$sfc.bias\n".formatted(prefix),
                new NetworkOf().dense("fc", 8, 5).bound(file, NamingConvention.PYTORCH, BindingOptions.AUTO,
                        diagnostics));
        assertReported("");
    }

    @Test
    void aSynonymThatIsAmbiguousOrAnothersNameIsNotTaken() {
        FileOf file = FileOf.format(FileOf.PYTORCH).add("a.dw.weight", 4, 1, 3, 3).add("a.depthwise.weight", 4, 1, 3, 3)
                .add("a.pointwise.weight", 8, 4, 1, 1).add("classifier.weight", 5, 8).add("classifier.bias", 5);
        assertEquals("""
                name: a.pointwise.weight = a.pointwise.weight
                name: classifier.weight = classifier.weight
                name: classifier.bias = classifier.bias
                """, new NetworkOf().separable("a", 4, 8).dense("classifier", 8, 5).dense("fc", 8, 5)
                .bound(file, NamingConvention.PYTORCH, BindingOptions.AUTO, diagnostics));
        assertEquals(List.of("E301", "E301", "E301", "W301", "W301"),
                diagnostics.sorted().stream().map(each -> each.code().name()).toList());
    }

    @Test
    void wrappersAreTakenOffAFewTimesAndCountersMayLackThem() {
        FileOf file = FileOf.format(FileOf.PYTORCH).add("module.fc.bias", 5).add("module.fc.weight", 5, 8)
                .add("fc.num_batches_tracked").add("module.fc.num_batches_tracked");
        NetworkOf network = new NetworkOf().dense("fc", 8, 5);
        assertEquals("name: fc.weight = module.fc.weight\nname: fc.bias = module.fc.bias\n",
                network.bound(file, NamingConvention.PYTORCH, BindingOptions.AUTO, diagnostics));
        assertReported("");
        FileOf hostile = FileOf.format(FileOf.PYTORCH).add("model.".repeat(2_000_000) + "fc.weight", 5, 8);
        assertTimeoutPreemptively(Duration.ofMinutes(2),
                () -> network.bound(hostile, NamingConvention.PYTORCH, BindingOptions.AUTO, diagnostics));
    }

    @Test
    void aNetworkWhoseOwnNamesBeginLikeAWrapper() {
        FileOf file = FileOf.format(FileOf.PYTORCH).add("model.fc.weight", 5, 8).add("model.fc.bias", 5);
        assertEquals("name: model.fc.weight = model.fc.weight\nname: model.fc.bias = model.fc.bias\n",
                new NetworkOf().dense("model.fc", 8, 5).bound(file, NamingConvention.PYTORCH, BindingOptions.AUTO,
                        diagnostics));
        assertReported("");
    }

    @Test
    void aFileOfTheOtherKindIsBoundByItsOwnNames() {
        FileOf file =
                FileOf.format(FileOf.SAFETENSORS).add("stem.weight", 8, 3, 3, 3).add("sep.conv1.weight", 8, 1, 3, 3)
                        .add("sep.pointwise.weight", 8, 8, 1, 1);
        assertEquals("""
                name: stem/kernel = stem.weight
                name: sep/depthwise_kernel = sep.conv1.weight
                name: sep/pointwise_kernel = sep.pointwise.weight
                """, new NetworkOf().conv("stem", 3, 3, 8).separable("sep", 8, 8).bound(file, NamingConvention.KERAS,
                BindingOptions.AUTO, diagnostics));
        assertReported("");
    }

    @Test
    void patternsRenameToNamesOfTheSpecOrOfTheFile() {
        FileOf file = FileOf.format(FileOf.PYTORCH).add("backbone.0.weight", 8, 3, 3, 3)
                .addPyTorchNorm("backbone.1", 8).add("head.w", 5, 8).add("head.b", 5);
        assertEquals("""
                rename: stem/kernel = backbone.0.weight
                rename: stem_bn/gamma = backbone.1.weight
                rename: stem_bn/beta = backbone.1.bias
                rename: stem_bn/moving_mean = backbone.1.running_mean
                rename: stem_bn/moving_variance = backbone.1.running_var
                rename: fc/kernel = head.w
                rename: fc/bias = head.b
                """, new NetworkOf().conv("stem", 3, 3, 8).norm("stem_bn", 8).dense("fc", 8, 5)
                .bound(file, NamingConvention.KERAS, BindingOptions.AUTO, diagnostics,
                        rename(1, "backbone.0.*", "stem.*"), rename(2, "backbone.1.*", "stem_bn.*"),
                        rename(3, "head.w", "fc/kernel"), rename(4, "head.*", "fc.*ias"),
                        rename(5, "head.b", "never")));
        assertReported("net.yaml:5:9: warning[W304]: the pattern 'head.b' is for no tensor of w.file that one before "
                + "it has not taken (put the narrower pattern first)");
    }

    @Test
    void aPatternForNothing() {
        new NetworkOf().dense("fc", 8, 5).bound(FileOf.format(FileOf.PYTORCH).add("fc.weight", 5, 8).add("fc.bias", 5),
                NamingConvention.PYTORCH, BindingOptions.AUTO, diagnostics, rename(1, "fc.weigh", "x"),
                rename(2, "bias", "*"));
        assertReported("net.yaml:1:9: warning[W304]: the pattern 'fc.weigh' is for no tensor of w.file (did you mean "
                + "'fc.weight'?)\nnet.yaml:2:9: warning[W304]: the pattern 'bias' is for no tensor of w.file (did you mean "
                + "'fc.bias'?)");
    }

    @Test
    void aPatternThatTakesTheRightNameAway() {
        new NetworkOf().dense("fc", 8, 5).bound(FileOf.format(FileOf.PYTORCH).add("fc.weight", 5, 8).add("fc.bias", 5),
                NamingConvention.PYTORCH, BindingOptions.AUTO, diagnostics, rename(1, "fc.b*", "fc.bb*"));
        assertReported(
                """
                        net.yaml:1:5: error[E301]: the tensor 'fc.bias' [5] of layer 'fc' is not in w.file (the spec renames it to \
                        'fc.bbias')
                        w.file: warning[W301]: has the tensor 'fc.bias', which no layer uses (the spec renames it to 'fc.bbias'; is it \
                        meant to be 'fc.bias'?)""");
    }

    @Test
    void twoTensorsOfOneNameAreAnError() {
        FileOf file = FileOf.format(FileOf.KERAS).add("a/bias", 1).add("b/bias", 1).add("c/bias", 1);
        new NetworkOf().bound(file, NamingConvention.KERAS, BindingOptions.AUTO, diagnostics,
                rename(1, "b*", "x*"), rename(2, "c*", "x*"), rename(3, "a*", "c*"));
        assertReported(
                """
                        net.yaml:2:9: error[E307]: two tensors of the file would be called 'x/bias': 'b/bias' and 'c/bias' (make the \
                        pattern narrower, or put one for the other tensor before it)
                        w.file: warning[W301]: has the tensor 'a/bias', which no layer uses (the spec renames it to 'c/bias')
                        w.file: warning[W301]: has the tensor 'b/bias', which no layer uses (the spec renames it to 'x/bias')
                        w.file: warning[W301]: has the tensor 'c/bias', which no layer uses""");
    }

    /** Kinds of layers: a few shapes, so that many agree. */
    private static NetworkOf network(List<Integer> kinds, Random names) {
        NetworkOf network = new NetworkOf();
        for (int i = 0; i < kinds.size(); i++) {
            String name = "l" + i + "_" + Integer.toString(names.nextInt(36 * 36), 36);
            switch (Math.floorMod(kinds.get(i), 6)) {
                case 0 -> network.conv(name, 3, 4, 4);
                case 1 -> network.conv(name, 1, 4, 4);
                case 2 -> network.separable(name, 4, 4);
                case 3 -> network.norm(name, 4);
                case 4 -> network.depthwise(name, 4, 1);
                default -> network.dense(name, 4, 4);
            }
        }
        return network;
    }

    /** As a framework would write the network under the names of another one's layers. */
    private static FileOf file(NetworkOf network, String format, NamingConvention convention) {
        FileOf file = FileOf.format(format);
        network.wanted().forEach(each -> file.add(each.name(convention),
                each.fileShape(convention).toArray(Integer[]::new)));
        return file;
    }

    @Property
    void otherNamesInTheSameOrderBindTheSame(@ForAll @Size(min = 1, max = 12) List<Integer> kinds,
            @ForAll Random random,
            @ForAll NamingConvention ofSpec, @ForAll NamingConvention ofFile) {
        NetworkOf network = network(kinds, random);
        NetworkOf renamed = network(kinds, random);
        String format = ofFile == NamingConvention.KERAS ? FileOf.KERAS : FileOf.PYTORCH;
        FileOf file = file(renamed, format, ofFile);
        List<String> names = file.tensors().stream().map(TensorInfo::name).toList();
        if (ofFile == NamingConvention.PYTORCH && names.equals(names.stream().sorted().toList())) {
            return;
        }
        Assignment assignment = Binder.bind(file, network.wanted(), ofSpec, List.of(), ORDER, diagnostics);
        assertEquals(names, assignment.bindings().stream().map(each -> each.tensor().name()).toList());
    }

    @Property
    void whateverIsBoundHasTheShapeAndIsBoundOnce(@ForAll @Size(max = 8) List<Integer> kinds,
            @ForAll @Size(max = 8) List<Integer> others, @ForAll Random random, @ForAll NamingConvention ofSpec,
            @ForAll NamingConvention ofFile, @ForAll Matching matching) {
        NetworkOf network = network(kinds, random);
        List<WantedTensor> shuffled = new ArrayList<>(network.wanted());
        shuffled.addAll(network(others, random).wanted());
        Collections.shuffle(shuffled, random);
        FileOf file = file(new NetworkOf(shuffled), ofFile == NamingConvention.KERAS ? FileOf.KERAS : FileOf.PYTORCH,
                ofFile);
        Assignment assignment = Binder.bind(file, network.wanted(), ofSpec, List.of(),
                new BindingOptions(Optional.empty(), matching), diagnostics);
        List<TensorInfo> bound = assignment.bindings().stream().map(Binding::tensor).toList();
        assertEquals(bound.size(), new HashSet<>(bound).size());
        new BindingProblems(file, assignment, diagnostics).report();
        assignment.bindings().forEach(each -> assertTrue((each.how() == MatchedBy.NAME && diagnostics.hasErrors())
                || withoutPixel(each.wanted().fileShape(ofFile).stream().map(Integer::longValue).toList(), ofFile)
                        .equals(withoutPixel(each.tensor().shape(), ofFile))));
        assertEquals(network.wanted().size(), bound.size() + assignment.missing().size());
        assertEquals(file.tensors().size(), bound.size() + assignment.unused().size());
    }

    /** PyTorch's kernels of a pixel and its matrices are taken for each other. */
    private static List<Long> withoutPixel(List<Long> shape, NamingConvention convention) {
        return convention == NamingConvention.PYTORCH && shape.size() == 4
                && shape.subList(2, 4).equals(List.of(1L, 1L))
                        ? shape.subList(0, 2)
                        : shape;
    }
}
