package io.xceptionc.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.ProgressStyle;
import io.xceptionc.cli.verb.Verbs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private static final String OVERVIEW = """
            xceptionc compiles a network's spec and weights to Java, and classifies pictures with it

            usage: xceptionc VERB ...

              check     finds all problems of a spec
              summary   lists layers, shapes, parameters and costs of a spec
              weights   lists the tensors of a weights file
              compile   compiles a spec and weights to a model jar
              predict   classifies pictures with a compiled model
              verify    compares what a compiled model computes with a reference
              selftest  checks that a compiled model computes rightly on this machine
              profile   measures what each step of a compiled model costs
              bench     measures how fast a compiled model is
              info      says what a model jar is
              dump      shows the generated Java of a model, or of one layer, or its plan
              export    writes a spec and weights as an ONNX model, for other tools
              import    writes another tool's model as a spec and weights, to edit
              demo      compiles a small Xception and classifies pictures with it
              explain   explains a code of a problem, such as E204
              help      explains all verbs, or one
              version   says which version this is

            for example:
              xceptionc check xception.yaml
              xceptionc compile xception.yaml --weights xception.safetensors -o xception.jar
              xceptionc predict xception.jar cat.jpg holidays/ --top 3
              xceptionc demo

            'xceptionc help VERB' explains one of them
            exit codes: 0 fine, 1 an input is wrong, 2 the call is wrong, 70 a defect of xceptionc
            """;

    @Test
    void withoutAVerbTheHelpGoesToTheMessages() {
        assertEquals(new Invocation(2, "", OVERVIEW), Invocation.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpIsAnAnswer(String word) {
        assertEquals(new Invocation(0, OVERVIEW, ""), Invocation.of(word));
    }

    @Test
    void helpOfAVerb() {
        Invocation expected = new Invocation(0,
                """
                        usage: xceptionc compile SPEC [--weights FILE | --seed N] [OPTION...] -o MODEL.jar

                        compiles a spec and weights to a model jar

                        Without --weights and --seed, weights are drawn from seed 0.
                        SPEC may be another tool's model as well (see 'import'), which has its own weights.
                        The jar holds classes, weights, labels, the spec, the generated Java and a self-test: what a
                        plain interpreter in double precision makes of one image, for 'xceptionc selftest'.
                        It is opened and run once before it appears, so that no jar is left that does not run.
                        Weights stored as f16 or bf16 become float32 when the model is opened. It runs as fast, and answers
                        a little differently; by how much is told. f16 is finer, bf16 takes any weight.
                        A wrong answer can be traced to a pass by --stop-after. The passes are, in this order:
                          1 RemoveIdentities, 2 ExpandTransposed, 3 LowerPixelShuffle, 4 RecogniseDepthwise,
                          5 FoldBatchNorm, 6 LowerBatchNorm, 7 MergePadding, 8 FuseResidual, 9 FuseActivation,
                          10 RectifyInputs, 11 MergePadding, 12 FuseSeparable, 13 ExpandMultiplier, 14 ScaleInputs

                          --weights FILE          the weights; what format the file has, its content says
                          --seed N                draw weights at random instead, the same ones for the same number
                          --profile NAME          keras, pytorch, timm or auto: whose names, layouts and epsilon they have
                          --match HOW             auto, name or order: how tensors find their layers
                          --weights-report        list all tensors and what each was taken from
                          --input HxW             height and width of the input in place of the spec's, as 71x95
                          --batch N               how many images one run takes; 1 if not given
                          --scale X[,X...]        factor of a picture's values 0 to 255, for each channel or all
                          --offset X[,X...]       summand, after --scale
                          --mean X[,X...]         with --std, instead of both: (x / 255 - mean) / std
                          --std X[,X...]          with --mean
                          --color rgb|bgr|grey    order of a picture's channels; rgb if not given
                          --resize METHOD         bilinear, bicubic or nearest as Pillow, plain_bilinear as TensorFlow
                          --shorter-side N        resize a picture to a shorter side of N pixels, then crop the centre
                          --letterbox LEVEL       keep a picture's proportions, in a frame of this level, 0 (black) to 255
                          --labels FILE           the names of the classes, one on each line
                          --storage f32|f16|bf16  how the jar holds weights; f16 and bf16 take less; f32 if not given
                          --package NAME          the generated classes' Java package
                          --sources DIR           write the generated Java there as well
                          --stop-after PASS       only the passes up to this one (name or number) and those that code needs
                          --dump-ir               print the graph, and what each pass makes of it; -o may be missing then
                          --no-self-test          leave out the self-test, one slow run of the network, and the trial
                          --memory-budget BYTES   refuse a model whose session takes more for values; no bound if not given
                          -o, --output MODEL.jar  the model jar to make

                        for example:
                          xceptionc compile xception.yaml --weights xception.safetensors -o xception.jar
                        """,
                "");
        assertAll(() -> assertEquals(expected, Invocation.of("help", "compile")),
                () -> assertEquals(expected, Invocation.of("compile", "--help")),
                () -> assertEquals(expected, Invocation.of("compile", "spec.yaml", "-h")));
    }

    static Stream<String> verbs() {
        return Verbs.ALL.stream().map(verb -> verb.manual().name());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasAPage(String verb) {
        Invocation page = Invocation.of("help", verb);
        List<String> lines = page.out().lines().toList();
        assertAll(() -> assertEquals(0, page.status()), () -> assertEquals("", page.err()),
                () -> assertTrue(lines.getFirst().startsWith("usage: xceptionc " + verb), lines.getFirst()),
                () -> assertTrue(lines.getLast().startsWith("  xceptionc "), lines.getLast()),
                () -> assertTrue(lines.stream().allMatch(line -> line.length() <= 100), page.out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void version(String word) {
        assertEquals(new Invocation(0, "xceptionc (not packaged)\n", ""), Invocation.of(word));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    chek                    | xceptionc: there is no verb 'chek'; did you mean 'check'?
                    train                   | xceptionc: there is no verb 'train'; the verbs are \
                    check, summary, weights, compile, predict, verify, selftest, profile, bench, info, dump, export, import, demo, explain, help, version
                    vresion                 | xceptionc: there is no verb 'vresion'; did you mean 'version'?
                    """)
    void unknownVerbs(String word, String message) {
        assertEquals(new Invocation(2, "", message + "\nsee 'xceptionc help'\n"), Invocation.of(word));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check                            | SPEC is missing
            check a.yaml b.yaml              | 'b.yaml' is one argument too many
            check --strict a.yaml            | there is no option '--strict'; there are --help
            summary a.yaml --inputs=7x7      | there is no option '--inputs'; did you mean '--input'?
            summary a.yaml --format jsn      | --format is table or json, not 'jsn'
            summary a.yaml --input 71        | --input is HEIGHTxWIDTH, as 71x95, not '71'
            summary a.yaml --input 0x71      | --input: height and width of an input must be \
            an integer from 1 to 16384, not 0 and 71
            compile a.yaml                   | where the model goes is missing: -o MODEL.jar
            compile a.yaml -o                | --output needs a value: --output MODEL.jar
            compile a.yaml -o m --weights w --seed 1 | --weights and --seed exclude each other
            compile a.yaml -o m --seed 1.5   | --seed is a whole number, not '1.5'
            compile a.yaml -o m --batch 0    | --batch is a whole number from 1 to 1024, not '0'
            compile a.yaml -o m --batch 1 --batch 2 | --batch is given twice
            compile a.yaml -o m --package a-b | 'a-b' is no name for a Java package
            compile a.yaml -o m --package java.util | 'java.util' is a package of the JDK itself
            compile a.yaml -o m --stop-after FoldBatchNrom | there is no pass 'FoldBatchNrom'; \
            did you mean 'FoldBatchNorm'?
            compile a.yaml -o m --stop-after 15 | there is no pass '15'; there are RemoveIdentities, \
            ExpandTransposed, LowerPixelShuffle, RecogniseDepthwise, FoldBatchNorm, LowerBatchNorm, MergePadding, \
            FuseResidual, FuseActivation, RectifyInputs, FuseSeparable, ExpandMultiplier, ScaleInputs
            compile a.yaml -o m --memory-budget 0 | --memory-budget is a whole number from 1 on, not '0'
            compile a.yaml -o m --memory-budget 1M | --memory-budget is a whole number from 1 on, not '1M'
            compile a.yaml --stop-after 3    | where the model goes is missing: -o MODEL.jar
            predict                          | MODEL is missing
            predict m.jar                    | what to classify is missing: a picture, a folder or a .npy file
            predict m.jar a.png --top 0      | --top is a whole number from 1 on, not '0'
            predict m.jar a.png --format xml | --format is table or csv or json, not 'xml'
            profile                          | MODEL.jar is missing
            profile m.jar --seconds 0        | --seconds is a whole number from 1 to 3600, not '0'
            profile m.jar --threads 0        | --threads is a whole number from 1 to 1024, not '0'
            profile m.jar --format xml       | --format is table or csv or json, not 'xml'
            bench m.jar n.jar                | 'n.jar' is one argument too many
            bench m.jar --second 3           | there is no option '--second'; did you mean '--seconds'?
            info                             | MODEL.jar is missing
            dump                             | MODEL.jar is missing
            export a.yaml                    | where the model goes is missing: -o MODEL.onnx
            import                           | MODEL is missing
            import a.onnx                    | where spec and weights go is missing: -o DIR
            export a.yaml -o m --seed 1 --weights w | --weights and --seed exclude each other
            demo now                         | 'now' is one argument too many
            """)
    void wrongCalls(String call, String message) {
        String verb = call.replaceFirst(" .*", "");
        assertEquals(
                new Invocation(2, "", "xceptionc: " + verb + ": " + message + "\nsee 'xceptionc help " + verb + "'\n"),
                Invocation.of((Object[]) call.split(" ")));
    }

    @Test
    void helpOfAnUnknownVerb() {
        assertEquals(
                new Invocation(2, "",
                        "xceptionc: help: there is no verb 'dmp'; did you mean 'dump'?\nsee 'xceptionc help'\n"),
                Invocation.of("help", "dmp"));
    }

    @Test
    void wordsCannotCommandTheTerminal() {
        assertEquals("xceptionc: there is no verb '\\u{1b}[31mred'; the verbs are "
                + "check, summary, weights, compile, predict, verify, selftest, profile, bench, info, dump, export, import, demo, explain, help, version\nsee 'xceptionc help'\n",
                Invocation.of("\u001b[31mred").err());
    }

    @Test
    void aPathThatNoSystemHas() {
        assertEquals(new Invocation(2, "", "xceptionc: check: 'a\\u{0}b' is no path on this system: "
                + "Nul character not allowed\nsee 'xceptionc help check'\n"), Invocation.of("check", "a\0b"));
    }

    @Test
    void aDefectIsToldInOneLine() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8),
                ProgressStyle.NONE);
        assertAll(() -> assertEquals(ExitCode.DEFECT, Failures.report(new IllegalStateException("odd"), console)),
                () -> assertEquals("xceptionc: this is a defect of xceptionc: java.lang.IllegalStateException: odd; "
                        + "set XCEPTIONC_DEBUG=1 to see where, and please report it\n",
                        err.toString(StandardCharsets.UTF_8)));
    }

    @Test
    void exhaustedMemoryIsNoDefect() throws IOException {
        try (ByteArrayOutputStream err = new ByteArrayOutputStream()) {
            Console console = new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8),
                    ProgressStyle.NONE);
            assertEquals(ExitCode.WRONG_INPUT, Failures.report(new OutOfMemoryError("heap"), console));
            assertTrue(err.toString(StandardCharsets.UTF_8).matches("""
                    xceptionc: this takes more memory than Java may use \\([0-9,.]+ MiB\\); allow more, as in
                        XCEPTIONC_JAVA_OPTIONS=-Xmx8g xceptionc \\.\\.\\.
                    """), err.toString(StandardCharsets.UTF_8));
        }
    }
}
