package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.testing.SpecText;
import io.xceptionc.compiler.weights.DeclaredWeights;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoweringTest {

    @Test
    void layersReadTheOneBeforeOrTheNamedOne() {
        assertEquals(List.of("a: input", "b: a", "c: a", "d: b c", "relu: input", "e: d relu"), SpecText.ofLayers("""
                - relu: {name: a}
                - relu: {name: b}
                - relu: {name: c, input: a}
                - add: {name: d, inputs: [b, c]}
                - relu: {input: input}
                - concat: {name: e, inputs: [d, relu]}
                """).wiring());
    }

    @Test
    void blocksResidualsAndBranchesCanReadANamedLayer() {
        SpecText spec = SpecText.of("""
                model: m
                input: {shape: [32, 32, 16]}
                blocks: {b: {layers: [relu: {name: in_block}]}}
                layers:
                  - relu: {name: a}
                  - relu: {name: z}
                  - {block: b, input: a}
                  - residual: {name: r, input: a, body: [relu: {name: body}]}
                  - branches: {name: c, input: z, paths: [[relu: {name: left}], []]}
                  - concat: {name: all, inputs: [in_block, r, c]}
                """);
        assertEquals(List.of("a: input", "z: a", "in_block: a", "body: a", "r: body a", "left: z", "c: left z",
                "all: in_block r c"), spec.wiring());
    }

    @Test
    void aReferenceToALayerWithAnActivationMeansItsActivation() {
        assertEquals(List.of("c: input", "c_activation: c", "relu: c_activation", "add: c_activation relu"),
                SpecText.ofLayers("""
                        - conv2d: {name: c, filters: 16, kernel: 1, activation: sigmoid}
                        - relu
                        - add: {inputs: [c, relu]}
                        """).wiring());
    }

    @Test
    void aReferenceIntoARepeatMeansItsLastPass() {
        assertEquals(List.of("x: input", "x@2: x", "y: x@2"), SpecText.ofLayers("""
                - repeat: 2
                  weights: shared
                  layers: [relu: {name: x}]
                - relu: {name: y, input: x}
                """).wiring());
    }

    @Test
    void sharedLayersHaveTheSameTensorsAndFreshOnesTheirOwn() {
        List<Node> shared = convolutions("shared");
        assertSame(((Conv2d) shared.get(0).op()).kernel(), ((Conv2d) shared.get(1).op()).kernel());
        List<Node> fresh = convolutions("fresh");
        assertNotSame(((Conv2d) fresh.get(0).op()).kernel(), ((Conv2d) fresh.get(1).op()).kernel());
        assertEquals("repeat_1.conv2d/kernel", ((Conv2d) fresh.get(1).op()).kernel().name());
    }

    private static List<Node> convolutions(String weights) {
        return SpecText
                .ofLayers("- repeat: 2\n  weights: " + weights + "\n  layers: [conv2d: {filters: 16, kernel: 3}]\n")
                .valid().layers();
    }

    @Test
    void callsOverrideDefaults() {
        List<Node> layers = SpecText.of("""
                model: m
                input: {shape: [32, 32, 16]}
                defaults: {conv2d: {kernel: 3, bias: false, filters: 8}, max_pool2d: {kernel: 3}}
                layers:
                  - conv2d
                  - conv2d: {kernel: 1, bias: true}
                  - max_pool2d
                """).valid().layers();
        assertEquals(List.of(3, 3, 16, 8), ((Conv2d) layers.get(0).op()).kernel().shape());
        assertEquals(Optional.empty(), ((Conv2d) layers.get(0).op()).bias());
        assertEquals(List.of(1, 1, 8, 8), ((Conv2d) layers.get(1).op()).kernel().shape());
        assertTrue(((Conv2d) layers.get(1).op()).bias().isPresent());
        assertEquals(3, ((Pool2d) layers.get(2).op()).window().strideHeight());
    }

    @Test
    void windowsAndPadding() {
        assertEquals(new Window(1, 7, 2, 1, 1, 1, new Padding(0, 0, 3, 3)),
                window("kernel: [1, 7], stride: [2, 1], padding: [0, 3]"));
        assertEquals(new Window(3, 3, 2, 2, 1, 1, new Padding(0, 1, 0, 1)),
                window("kernel: 3, stride: 2, padding: same"));
        assertEquals(new Window(3, 3, 1, 1, 2, 2, new Padding(1, 2, 3, 4)),
                window("kernel: 3, dilation: 2, padding: [1, 2, 3, 4]"));
        assertEquals(new Window(2, 2, 1, 1, 1, 1, Padding.NONE), window("kernel: 2, padding: valid"));
        assertEquals(new Window(2, 2, 1, 1, 1, 1, new Padding(5, 5, 5, 5)), window("kernel: 2, padding: 5"));
    }

    private static Window window(String attributes) {
        Node node = SpecText.ofLayers("- conv2d: {filters: 8, " + attributes + "}\n").valid().layers().getFirst();
        return ((Conv2d) node.op()).window();
    }

    @Test
    void conventionsDifferInEpsilonAndFlattening() {
        assertEquals(List.of(1e-3, false), epsilonAndOrder("keras"));
        assertEquals(List.of(1e-5, true), epsilonAndOrder("pytorch"));
    }

    private static List<Object> epsilonAndOrder(String convention) {
        List<Node> layers = SpecText
                .of("model: m\nweights: " + convention + "\ninput: {shape: [8, 8, 3]}\nlayers: [batch_norm, flatten]\n")
                .valid().layers();
        return List.of(((BatchNorm) layers.get(0).op()).epsilon(), ((Flatten) layers.get(1).op()).channelsFirst());
    }

    @Test
    void parametersTakeNumbersWordsListsAndTruths() {
        SpecText spec = SpecText
                .of("""
                        model: m
                        input: {shape: [32, 32, 16]}
                        blocks:
                          b:
                            parameters: {filters: 8, kernel: [3, 1], padding: same, bias: false, prefix: p, act: relu}
                            layers:
                              - conv2d: {name: "${prefix}_conv", filters: "${filters * 2}", kernel: "${kernel}", padding: "${padding}",
                                  bias: "${bias}", activation: "${act}"}
                        layers:
                          - {block: b}
                          - {block: b, with: {filters: 4, kernel: 1, padding: 1, bias: true, prefix: q, act: none}}
                        """);
        assertEquals(List.of("p_conv", "p_conv_activation", "q_conv"), spec.names());
        Conv2d first = (Conv2d) spec.valid().layers().get(0).op();
        Conv2d second = (Conv2d) spec.valid().layers().get(2).op();
        assertEquals(List.of(3, 1, 16, 16), first.kernel().shape());
        assertEquals(List.of(1, 1, 16, 8), second.kernel().shape());
        assertEquals(List.of(false, true), List.of(first.bias().isPresent(), second.bias().isPresent()));
        assertEquals(TensorType.image(34, 34, 8), spec.valid().graph().output().type());
    }

    @Test
    void theInputsSizeCanBeOverridden() {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse("m.yaml", "model: m\ninput: {shape: [32, 32, 3]}\nlayers: [relu]\n", diagnostics)
                .orElseThrow();
        LoweredNetwork network = Lowering.lower(spec, Optional.of(new ImageSize(71, 95)),
                new DeclaredWeights(Lowering.convention(spec), diagnostics), diagnostics).orElseThrow();
        assertEquals(TensorType.image(71, 95, 3), network.graph().output().type());
        assertThrows(IllegalArgumentException.class, () -> new ImageSize(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ImageSize(1, 16385));
    }

    @Test
    void whatNobodyReadsIsLeftOut() {
        SpecText spec = SpecText.ofLayers("- relu: {name: a}\n- relu: {name: b}\n- relu: {name: c, input: a}\n");
        assertEquals(List.of("a", "c"), spec.names());
        assertEquals(List.of(DiagnosticCode.W201), spec.diagnostics().stream().map(problem -> problem.code()).toList());
    }

    @Test
    void layersAfterAnErrorAreChecked() {
        SpecText spec = SpecText.ofLayers("""
                - conv2d: {filters: 8, kernel: 99}
                - dense: {units: 10}
                - conv2d: {filters: 0, kernel: 1}
                - relu: {input: nowhere}
                - max_pool2d: {kernel: 33, input: input}
                """);
        assertEquals(List.of(DiagnosticCode.E201, DiagnosticCode.E105, DiagnosticCode.E108, DiagnosticCode.E201),
                spec.diagnostics().stream().map(problem -> problem.code()).toList());
    }

    @Test
    void blocksThatCallOthersTwiceEndInBoundedTime() {
        String blocks = IntStream.range(0, 60)
                .mapToObj(i -> "  b%d: {layers: [{block: b%d}, {block: b%d}]}\n".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining());
        assertBounded("blocks:\n" + blocks + "  b60: {layers: [relu]}\nlayers: [{block: b0}]\n");
        assertBounded("blocks:\n" + blocks + "  b60: {layers: []}\nlayers: [{block: b0}]\n");
    }

    @Test
    void textsThatDoubleEndInBoundedTime() {
        String blocks = IntStream.range(0, 60)
                .mapToObj(i -> "  b%d: {parameters: [x], layers: [{block: b%d, with: {x: \"${x}${x}\"}}]}\n"
                        .formatted(i, i + 1))
                .collect(Collectors.joining());
        assertBounded("blocks:\n" + blocks
                + "  b60: {parameters: [x], layers: [relu: {name: \"${x}\"}]}\nlayers: [{block: b0, with: {x: aa}}]\n");
    }

    @Test
    void listsThatDoubleEndInBoundedTime() {
        String blocks = IntStream.range(0, 60)
                .mapToObj(i -> "  b%d: {parameters: [x], layers: [{block: b%d, with: {x: [\"${x}\", \"${x}\"]}}]}\n"
                        .formatted(i, i + 1))
                .collect(Collectors.joining());
        assertBounded(
                "blocks:\n" + blocks + "  b60: {parameters: [x], layers: [conv2d: {filters: 3, kernel: \"${x}\"}]}\n"
                        + "layers: [{block: b0, with: {x: 1}}]\n");
    }

    @Test
    void longListsInRepeatsEndInBoundedTime() {
        String names = "a, ".repeat(200_000);
        assertBounded("layers:\n  - repeat: 20000\n    layers: [add: {inputs: [" + names + "a]}]\n");
    }

    private static void assertBounded(String rest) {
        SpecText spec = assertTimeout(Duration.ofMinutes(2),
                () -> SpecText.of("model: m\ninput: {shape: [32, 32, 16]}\n" + rest));
        assertTrue(spec.network().isEmpty());
        assertTrue(spec.diagnostics().stream().anyMatch(problem -> problem.code().name().startsWith("E1")),
                spec.report());
    }

    @Test
    void twentyThousandLayersFit() {
        SpecText spec = SpecText.ofLayers("- repeat: 20000\n  layers: [relu]\n");
        assertEquals(20_000, spec.valid().layers().size());
        assertEquals(20_002, spec.valid().graph().nodes().size());
    }
}
