package io.xceptionc.compiler.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.LayerAttributes;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.language.attribute.ShapeType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.spec.InputSpec.Scaling;
import io.xceptionc.compiler.spec.LayerSyntax.BlockCall;
import io.xceptionc.compiler.spec.LayerSyntax.Branches;
import io.xceptionc.compiler.spec.LayerSyntax.OperatorCall;
import io.xceptionc.compiler.spec.LayerSyntax.Repeat;
import io.xceptionc.compiler.spec.LayerSyntax.Residual;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SpecParserTest {

    @Test
    void theDocument() {
        Spec spec = parse("""
                model: m
                weights: pytorch
                input: {shape: [10, 20, 3]}
                labels: [cat, 7, true]
                license: CC BY 4.0, see https://example.com
                defaults: {conv2d: {bias: false}}
                blocks:
                  a: {parameters: [n, k], layers: [relu]}
                  b: {parameters: {n: 3, k: }, layers: [relu, softmax]}
                layers: [relu]
                """);
        assertEquals("m", spec.model());
        assertEquals("pytorch", spec.weights().convention());
        assertEquals(new ShapeType.Shape(10, 20, 3), spec.input().shape());
        assertEquals(List.of("cat", "7", "true"), ((LabelsSpec.Inline) spec.labels().orElseThrow()).labels());
        assertEquals(Optional.of("CC BY 4.0, see https://example.com"), spec.license());
        assertEquals(List.of("bias"), List.copyOf(spec.defaultsOf(operator("conv2d")).values().keySet()));
        assertEquals(List.of(), List.copyOf(spec.defaultsOf(operator("dense")).values().keySet()));
        assertEquals(List.of("a", "b"), List.copyOf(spec.blocks().keySet()));
        assertEquals(List.of(false, false), hasDefaults(spec.blocks().get("a")));
        assertEquals(List.of(true, false), hasDefaults(spec.blocks().get("b")));
        assertEquals(2, spec.blocks().get("b").layers().size());
    }

    private static List<Boolean> hasDefaults(Block block) {
        return block.parameters().stream().map(parameter -> parameter.byDefault().isPresent()).toList();
    }

    @Test
    void layers() {
        List<LayerSyntax> layers = parse("""
                model: m
                input: {shape: [10, 20, 3]}
                blocks: {b: {parameters: [n], layers: [relu]}}
                layers:
                  - relu
                  - softmax:
                  - conv2d: {filters: 8, kernel: [1, "${n}"]}
                  - repeat: 3
                    layers: [relu, relu]
                  - {block: b, with: {n: 1}}
                  - residual: {body: [relu], shortcut: []}
                  - residual:
                      body: [relu]
                  - branches: {paths: [[relu], [], [relu, relu]]}
                """).layers();
        assertEquals(operator("relu"), assertInstanceOf(OperatorCall.class, layers.get(0)).operator());
        assertEquals(operator("softmax"), assertInstanceOf(OperatorCall.class, layers.get(1)).operator());
        assertEquals(List.of("filters", "kernel"),
                List.copyOf(assertInstanceOf(OperatorCall.class, layers.get(2)).arguments().values().keySet()));
        assertEquals(2, assertInstanceOf(Repeat.class, layers.get(3)).layers().size());
        assertEquals("n", assertInstanceOf(BlockCall.class, layers.get(4)).parameters().getFirst().key().text());
        assertEquals(Optional.of(List.of()), assertInstanceOf(Residual.class, layers.get(5)).shortcut());
        assertEquals(Optional.empty(), assertInstanceOf(Residual.class, layers.get(6)).shortcut());
        assertEquals(List.of(1, 0, 2),
                assertInstanceOf(Branches.class, layers.get(7)).paths().stream().map(List::size).toList());
    }

    @Test
    void spansCountCodePoints() {
        LayerSyntax layer = parse("# é 🐱\nmodel: m\ninput: {shape: [1, 1, 3]}\nlayers: [ {relu: {name: \"a\"} } ]\n")
                .layers().getFirst();
        assertEquals(new SourceSpan("test.yaml", 4, 12, 4), layer.span());
        Value name = ((OperatorCall) layer).arguments().get(LayerAttributes.NAME).orElseThrow();
        assertEquals(new SourceSpan("test.yaml", 4, 25, 3), name.span());
        Spec labelled = parse("model: m\ninput: {shape: [1, 1, 3]}\nlabels: ['🐱🐱', é]\nlayers: [relu]\n");
        assertEquals(new SourceSpan("test.yaml", 3, 9, 9), labelled.labels().orElseThrow().span());
    }

    @Test
    void lineEndsAndAByteOrderMarkMakeNoDifference() {
        String text = "model: m\ninput: {shape: [1, 1, 3]}\nlayers:\n  - relu: {name: a}\n";
        assertEquals(parse(text), parse(text.replace("\n", "\r\n")));
        assertEquals(parse(text), parse("\uFEFF" + text));
    }

    @Test
    void preprocessing() {
        assertEquals(List.of(new Scaling.Linear(1 / 255.0, 0)), pictures("shape: [1, 1, 1]").scaling());
        assertEquals("grey", pictures("shape: [1, 1, 1]").color());
        InputSpec.Pictures pictures =
                pictures("shape: [1, 1, 3], scale: [1, 1/2, .5], offset: -1, color: bgr, resize: nearest");
        assertEquals(new InputSpec.Pictures("nearest", OptionalInt.empty(), "bgr",
                List.of(new Scaling.Linear(1, -1), new Scaling.Linear(0.5, -1), new Scaling.Linear(0.5, -1))),
                pictures);
        InputSpec.Pictures cropped =
                pictures("shape: [1, 1, 3], mean: 0.5, std: [1, 2e0, 3], resize: {shorter_side: 333}");
        assertEquals(
                new InputSpec.Pictures("bilinear", OptionalInt.of(333), "rgb", List.of(new Scaling.Standardised(0.5, 1),
                        new Scaling.Standardised(0.5, 2), new Scaling.Standardised(0.5, 3))),
                cropped);
    }

    private static InputSpec.Pictures pictures(String input) {
        return parse("model: m\ninput: {" + input + "}\nlayers: [relu]\n").input().pictures().orElseThrow();
    }

    @Test
    void arraysAreTheNetworksInputUnlessTheSpecSaysOtherwise() {
        assertEquals(List.of(), input("shape: [1, 1, 3], scale: 2").arrays());
        assertEquals(input("shape: [1, 1, 3], scale: 2, arrays: scaled").pictures(),
                input("shape: [1, 1, 3], scale: 2").pictures());
    }

    @Test
    void rawArraysAreScaledAsPicturesWere() {
        InputSpec raw = input("shape: [1, 1, 3], scale: [1, 2, 3], offset: -1, arrays: raw");
        assertEquals(List.of(new Scaling.Linear(1, -1), new Scaling.Linear(2, -1), new Scaling.Linear(3, -1)),
                raw.arrays());
        assertEquals(Collections.nCopies(3, new Scaling.Linear(1, 0)), raw.pictures().orElseThrow().scaling());
        assertEquals(List.of(new Scaling.Standardised(0.5, 2)),
                input("shape: [1, 1, 1], mean: 0.5, std: 2, arrays: raw").arrays());
        assertEquals(Collections.nCopies(5, new Scaling.Linear(1 / 255.0, 0)),
                input("shape: [1, 1, 5], arrays: raw").arrays());
    }

    @Test
    void arraysMayBeScaledAfterPictures() {
        InputSpec both = input("shape: [1, 1, 3], mean: 0, std: 1, arrays: {offset: [1, 2, 3]}");
        assertEquals(List.of(new Scaling.Linear(1, 1), new Scaling.Linear(1, 2), new Scaling.Linear(1, 3)),
                both.arrays());
        assertEquals(Collections.nCopies(3, new Scaling.Standardised(0, 1)),
                both.pictures().orElseThrow().scaling());
        assertEquals(Collections.nCopies(2, new Scaling.Linear(0.5, 0)),
                input("shape: [1, 1, 2], arrays: {scale: 1/2}").arrays());
    }

    private static InputSpec input(String input) {
        return parse("model: m\ninput: {" + input + "}\nlayers: [relu]\n").input();
    }

    @Test
    void networksOfOtherChannelsTakeNoPictures() {
        assertTrue(parse("model: m\ninput: {shape: [1, 1, 64]}\nlayers: [relu]\n").input().pictures().isEmpty());
    }

    @Test
    void aSpecAboveOneMebibyteIsNotRead() {
        String start = "model: m\ninput: {shape: [1, 1, 3]}\nlayers: [relu]\n#";
        parse(start + "é".repeat((YamlReader.LONGEST - start.length()) / 2));
        Diagnostics diagnostics = new Diagnostics();
        SpecParser.parse("test.yaml", start + "é".repeat((YamlReader.LONGEST - start.length()) / 2 + 1), diagnostics);
        assertEquals(List.of(DiagnosticCode.E102), diagnostics.sorted().stream().map(Diagnostic::code).toList());
    }

    @Test
    void aLicenseIsALineOfText() {
        for (String wrong : List.of("", "[a]", "' '", "\"a\\nb\"", "x".repeat(1001))) {
            Diagnostics diagnostics = new Diagnostics();
            SpecParser.parse("test.yaml",
                    "model: m\nlicense: " + wrong + "\ninput: {shape: [1, 1, 3]}\nlayers: [relu]\n",
                    diagnostics);
            Diagnostic refusal = diagnostics.sorted().getFirst();
            assertEquals(DiagnosticCode.E105, refusal.code());
            assertEquals(2, refusal.span().line());
            assertTrue(refusal.message().startsWith(
                    "'license' must be a line of text, of at most 1000 characters, not "), refusal.message());
            assertEquals("write license: Apache-2.0", refusal.help());
        }
    }

    private static Spec parse(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<Spec> spec = SpecParser.parse("test.yaml", text, diagnostics);
        assertEquals(List.of(), diagnostics.sorted());
        return spec.orElseThrow();
    }

    private static Operator operator(String word) {
        return Operators.of(word).orElseThrow();
    }
}
