package io.xceptionc.compiler.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.testing.Differential;
import io.xceptionc.compiler.testing.GeneratedCode;
import io.xceptionc.compiler.testing.GoldenFile;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.testing.Sketch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelEmitterTest {

    private static final Window SAME_3X3 = new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1));

    private final Sketch sketch = new Sketch(1);

    @Property(tries = 60, seed = "1", shrinking = ShrinkingMode.OFF)
    void generatedCodeEqualsTheInterpreter(@ForAll("graphs") Graph graph) {
        Differential.assertComputes(graph);
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return Arbitraries.oneOf(RandomGraphs.graphs(), RandomGraphs.graphsOfSeveralOutputs());
    }

    /** A picture, a strided convolution, a residual around a separable one, a classifier. */
    private Graph classifier() {
        Node input = sketch.input(9, 9, 3);
        Node conv = sketch.add("conv1",
                sketch.conv2d(3, 40, new Window(3, 3, 2, 2, 1, 1, new Padding(1, 1, 1, 1)), 1, true), input);
        Node relu = sketch.add("conv1_act", new Activate(Activation.RELU), conv);
        Node separable = sketch.add("block.sepconv", sketch.separable(40, 1, 40, SAME_3X3, true), relu);
        Node sum = sketch.add("block.add", new Add(), separable, relu);
        Node pooled = sketch.add("avg_pool", new GlobalPool2d(Reduction.MEAN), sum);
        return sketch.build(sketch.add("probabilities", new Softmax(),
                sketch.add("fc", sketch.dense(40, 5, true), pooled)));
    }

    /** Branches, of which one lies in the concatenation and one is copied. */
    private Graph branches() {
        Node input = sketch.input(6, 7, 20);
        Node left = sketch.add("left", sketch.conv2d(20, 32, Window.POINTWISE, 1, false), input);
        Node pool = sketch.add("pool", new Pool2d(Reduction.MAX, SAME_3X3, false), input);
        Node right = sketch.add("right", sketch.conv2d(20, 8, SAME_3X3, 4, true), pool);
        Node whole = sketch.add("whole", new Concat(), left, right, pool);
        return sketch.build(sketch.add("swish", new Activate(new Activation(Activation.Kind.SWISH, 0)),
                sketch.add("scale", sketch.affine(60), whole)));
    }

    @Test
    void emitsAClassifier() {
        Map<String, String> sources = GeneratedCode.of(classifier()).model().sources();
        assertEquals(List.of("generated/Sketch.java", "generated/SketchKernels.java",
                "generated/SketchKernels128.java", "generated/SketchKernels256.java",
                "generated/SketchKernels512.java", "generated/SketchModel.java"), List.copyOf(sources.keySet()));
        for (String name : List.of("Sketch", "SketchKernels", "SketchKernels256", "SketchKernels512", "SketchModel")) {
            GoldenFile.assertSourceMatches(getClass(), "classifier/" + name + ".java.golden",
                    sources.get("generated/" + name + ".java"));
        }
    }

    @Test
    void emitsBranches() {
        Map<String, String> sources = GeneratedCode.of(branches()).model().sources();
        for (String name : List.of("Sketch", "SketchKernels")) {
            GoldenFile.assertSourceMatches(getClass(), "branches/" + name + ".java.golden",
                    sources.get("generated/" + name + ".java"));
        }
    }

    /** The steps of a network of more than 100 are in classes of their own. */
    @Test
    void emitsALongNetwork() {
        Node last = sketch.input(1, 1, 1);
        for (int i = 0; i < 110; i++) {
            last = sketch.add("layer" + i, sketch.conv2d(1, 1, Window.POINTWISE, 1, false), last);
        }
        Graph graph = sketch.build(last);
        Map<String, String> sources = GeneratedCode.of(graph).model().sources();
        for (String name : List.of("Sketch", "SketchSteps2")) {
            GoldenFile.assertSourceMatches(getClass(), "long/" + name + ".java.golden",
                    sources.get("generated/" + name + ".java"));
        }
        Differential.assertComputes(graph);
    }

    @Test
    void methodsStaySmallHoweverLongTheNetwork() {
        Node last = sketch.input(3, 3, 2);
        for (int i = 0; i < 500; i++) {
            last = sketch.add("sep" + i, sketch.separable(2, 1, 2, SAME_3X3, true), last);
            last = sketch.add("pool" + i, new Pool2d(Reduction.MAX, SAME_3X3, false), last);
        }
        requireSmallMethods(GeneratedCode.of(sketch.build(last)));
    }

    @Test
    void methodsStaySmallHoweverManyGroupsThereAre() {
        Node last = sketch.input(1, 1, 2);
        for (int i = 0; i < 8; i++) {
            last = sketch.add("conv" + i, sketch.conv2d(last.type().channels(), 2048, Window.POINTWISE, 2, true), last);
        }
        requireSmallMethods(GeneratedCode.of(sketch.build(last)));
    }

    @Test
    void methodsStaySmallHoweverLargeTheKernelIs() {
        Node last = sketch.input(9, 9, 2);
        for (int size = 1; size <= 9; size++) {
            Window window = new Window(size, size, 1, 1, 1, 1, Padding.NONE);
            window = window.withPadding(Padding.same(9, 9, window));
            last = sketch.add("sep" + size, sketch.separable(sketch.depthwise(2, 1, window, true)
                    .withFusion(Fusion.NONE.withRectifiedInput().withActivation(Activation.RELU6)), 2, true), last);
        }
        requireSmallMethods(GeneratedCode.of(sketch.build(last)));
    }

    private static void requireSmallMethods(GeneratedCode code) {
        code.classFiles().forEach((path, bytes) -> {
            for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
                int length = method.findAttribute(Attributes.code()).map(codes -> codes.codeLength()).orElse(0);
                int most = method.methodName().equalsString("<clinit>") ? 40_000 : 5_000;
                assertTrue(length < most, () -> path + " " + method.methodName() + ": " + length + " bytes");
            }
        });
    }

    @Test
    void theSameGraphIsTheSameCodeByteForByte() throws IOException {
        GeneratedModel first = ModelEmitter.emit(Planner.plan(Pipeline.STANDARD.run(classifier()).graph()), "a.b");
        Graph again = new ModelEmitterTest().classifier();
        GeneratedModel second = ModelEmitter.emit(Planner.plan(Pipeline.STANDARD.run(again).graph()), "a.b");
        assertEquals(List.copyOf(first.sources().entrySet()), List.copyOf(second.sources().entrySet()));
        ByteArrayOutputStream firstBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream secondBytes = new ByteArrayOutputStream();
        first.constants().writeTo(firstBytes);
        second.constants().writeTo(secondBytes);
        assertArrayEquals(firstBytes.toByteArray(), secondBytes.toByteArray());
    }

    /** Nothing that a node is called gets into the code; javac would run into it. */
    @Test
    void namesDoNotBreakOut() {
        List<String> names = List.of("*/ } static { System.exit(1); } /*", "\\u002a\\u002f } int x = 1; {",
                "\"; int y;",
                "a\nb", "yield", "record", "var", "sealed", "permits", "when", "class", "kernels", "frame", "part",
                "split", "step_names", "main", "STEP_NAMES", "to_string", "hash_code", "warm_up_steps", "a_bC", "a_bc",
                "aBC", "$L", "$T$W$$", "@Deprecated", "{@code", "Copies", "Math", "ü", "\uD83D\uDE00", "");
        Node last = sketch.input(2, 2, 3);
        for (String name : names) {
            last = sketch.add(name, sketch.separable(3, 1, 3, SAME_3X3, true), last);
        }
        Graph graph = sketch.build(last);
        GeneratedCode code = GeneratedCode.of(graph);
        assertEquals(names, code.plan().steps().stream().map(step -> step.node().name()).toList().subList(1,
                names.size() + 1));
        Differential.assertComputes(graph);
    }

    @ParameterizedTest
    @ValueSource(strings = {"math", "string", "override", "frame", "network", "float_vector", "byte_order", "class"})
    void modelsMayBeCalledLikeClassesThatTheCodeUses(String name) {
        Node input = sketch.input(4, 4, 3);
        Node conv = sketch.add(sketch.separable(3, 1, 3, SAME_3X3, true), input);
        Node flat = sketch.add(new Flatten(false),
                sketch.add(new Activate(new Activation(Activation.Kind.SWISH, 0)), conv));
        GeneratedCode.of(new GraphBuilder(name, new Diagnostics()).build(sketch.add(new Softmax(), flat)));
    }

    @Test
    void aLineBelongsToTheLayerWhoseMethodItIsIn() {
        GeneratedModel model = GeneratedCode.of(classifier()).model();
        List<String> lines = model.sources().get("generated/Sketch.java").lines().toList();
        int line = lines.indexOf("    private void blockSepconv(Frame frame, int part, int parts) {") + 1;
        assertEquals("sketch.yaml:4:1", position(model, line));
        assertEquals("sketch.yaml:4:1", position(model, line + 3));
        assertEquals("", position(model, 20));
        assertEquals("", model.spanAt("/generated/Elsewhere.java", line).map(Object::toString).orElse(""));
        assertEquals("", model.spanAt("/generated/SketchKernels512.java", 300).map(Object::toString).orElse(""));
    }

    private static String position(GeneratedModel model, int line) {
        return model.spanAt("/generated/Sketch.java", line)
                .map(span -> span.file() + ":" + span.line() + ":" + span.column()).orElse("");
    }
}
