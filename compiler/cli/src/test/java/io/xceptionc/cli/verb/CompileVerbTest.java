package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.compiler.jar.ModelJar;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompileVerbTest {

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
    }

    private Invocation compile(Object... words) {
        Object[] all = Stream.concat(Stream.of("compile", spec), Stream.of(words)).toArray();
        return Invocation.of(all).without(folder);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void reportsWhatItMadeAndWritesTheSources() throws IOException {
        Path jar = folder.resolve("new/tiny.jar");
        Invocation compiled = compile("-o", jar, "--seed", "7", "--batch", "2", "--package", "a.b", "--sources",
                folder.resolve("java"));
        assertEquals(new Invocation(0, """
                new/tiny.jar: compiled 'tiny' in # s

                  input    [8, 8, 3], 2 images a run
                  arrays   the network's input as it is
                  output   [3]
                  steps    7 layers of the spec became 7 steps, input and output included
                  arena    20.8 KiB at its peak; no plan could do with less than 20.8 KiB
                  weights  231 parameters, 6.5 KiB as packed, drawn from seed 7, so its answers mean nothing yet

                try it: xceptionc predict new/tiny.jar PICTURE
                """, ""), compiled);
        assertEquals(List.of("java/a/b/Tiny.java", "java/a/b/TinyKernels.java", "java/a/b/TinyKernels128.java",
                "java/a/b/TinyKernels256.java", "java/a/b/TinyKernels512.java", "java/a/b/TinyModel.java",
                "new/tiny.jar",
                "tiny.yaml"), files());
        try (JarFile content = new JarFile(jar.toFile())) {
            byte[] source = content.getInputStream(content.getEntry(ModelJar.SOURCES + "a/b/Tiny.java")).readAllBytes();
            assertArrayEquals(source, Files.readAllBytes(folder.resolve("java/a/b/Tiny.java")));
        }
    }

    @Test
    void wrongWeightsAreToldAllAtOnceAndLeaveNothingBehind() throws IOException {
        String header = "{\"sten/kernel\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] safetensors = new byte[8 + header.length() + 4];
        safetensors[0] = (byte) header.length();
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, safetensors, 8, header.length());
        Path weights = Files.write(folder.resolve("w.safetensors"), safetensors);
        Invocation failed = compile("-o", folder.resolve("tiny.jar"), "--weights", weights);
        List<String> messages = failed.err().lines().toList();
        assertAll(() -> assertEquals(1, failed.status()), () -> assertEquals("", failed.out()),
                () -> assertEquals("11 errors, 1 warning", messages.getLast()),
                () -> assertEquals(List.of("tiny.yaml", "w.safetensors"), files()));
    }

    @Test
    void aWrongSpecLeavesNothingBehind() throws IOException {
        Files.writeString(spec, "model: m\n");
        Invocation failed = compile("-o", folder.resolve("new/m.jar"), "--sources", folder.resolve("java"));
        assertAll(() -> assertEquals(1, failed.status()), () -> assertEquals(List.of("tiny.yaml"), files()));
    }

    @Test
    void inputsAndFoldersAreNotReplaced() throws IOException {
        assertEquals(new Invocation(1, "",
                "xceptionc: tiny.yaml is to be read, so it is not replaced; choose another name\n"),
                compile("-o", spec));
        assertEquals(new Invocation(1, "", "xceptionc: " + folder + " is no regular file, so it is not replaced\n"),
                compile("-o", folder));
        assertEquals(new Invocation(1, "", "xceptionc: tiny.yaml is no folder, so nothing can be written there\n"),
                compile("-o", spec.resolve("tiny.jar")));
        assertEquals(new Invocation(1, "", "xceptionc: tiny.yaml is no folder, so nothing can be written there\n"),
                compile("-o", folder.resolve("tiny.jar"), "--sources", spec.resolve("java")));
        assertEquals(TinyModel.SPEC, Files.readString(spec));
        assertEquals(List.of("tiny.yaml"), files());
    }

    @Test
    void dumpsTheGraphAndWhatEachPassMakesOfIt() throws IOException {
        assertEquals(new Invocation(0, """
                # the spec
                input: input -> [8, 8, 3]
                stem: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [8, 8, 4]
                stem_bn: batch_norm(epsilon 0.001, scale, center) stem -> [8, 8, 4]
                stem_relu: relu stem_bn -> [8, 8, 4]
                sep: separable_conv2d(3x3, padding [1, 1, 1, 1], bias) stem_relu -> [8, 8, 8]
                pool: global_avg_pool2d sep -> [8]
                predictions: dense(bias) pool -> [3]
                predictions_activation: softmax predictions -> [3]
                output: output predictions_activation -> [3]

                # RemoveIdentities: nothing to do

                # ExpandTransposed: nothing to do

                # LowerPixelShuffle: nothing to do

                # RecogniseDepthwise: nothing to do

                # FoldBatchNorm
                input: input -> [8, 8, 3]
                stem: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [8, 8, 4]  # stem, stem_bn
                stem_relu: relu stem -> [8, 8, 4]
                sep: separable_conv2d(3x3, padding [1, 1, 1, 1], bias) stem_relu -> [8, 8, 8]
                pool: global_avg_pool2d sep -> [8]
                predictions: dense(bias) pool -> [3]
                predictions_activation: softmax predictions -> [3]
                output: output predictions_activation -> [3]

                # LowerBatchNorm: nothing to do

                # ExpandMultiplier: nothing to do
                """, ""), compile("--dump-ir", "--stop-after", "FoldBatchNorm"));
        assertEquals(List.of("tiny.yaml"), files());
    }

    @ParameterizedTest
    @CsvSource({"0, 9", "RecogniseDepthwise, 9", "5, 8", "MergePadding, 8", "13, 7", "ExpandMultiplier, 7"})
    void aModelOfTheFirstPassesAnswersTheSame(String pass, int steps) throws IOException {
        Path jar = folder.resolve("tiny.jar");
        Invocation compiled = compile("-o", jar, "--seed", TinyModel.SEED, "--stop-after", pass);
        float[] image = TinyModel.image(1);
        double[] expected = TinyModel.expected(image);
        try (CompiledModel model = CompiledModel.open(jar)) {
            float[] answer = model.run(image);
            assertAll(() -> assertEquals(steps, model.steps().size(), compiled.out()),
                    () -> assertArrayEquals(expected,
                            IntStream.range(0, answer.length).mapToDouble(i -> answer[i]).toArray(), 1e-5));
        }
    }

    @Test
    void dumpsAndCompiles() throws IOException {
        Invocation compiled = compile("-o", folder.resolve("tiny.jar"), "--dump-ir");
        List<String> lines = compiled.out().lines().toList();
        int end = lines.indexOf("# ScaleInputs: nothing to do");
        assertAll(() -> assertEquals(0, compiled.status()), () -> assertEquals("# the spec", lines.getFirst()),
                () -> assertEquals(List.of("", "tiny.jar: compiled 'tiny' in # s"), lines.subList(end + 1, end + 3)),
                () -> assertEquals(List.of("tiny.jar", "tiny.yaml"), files()));
    }

    @Test
    void aWrongSpecIsNotDumped() throws IOException {
        Files.writeString(spec, "model: m\n");
        Invocation failed = compile("--dump-ir");
        assertAll(() -> assertEquals(1, failed.status()), () -> assertEquals("", failed.out()));
    }

    @Test
    void saysWhatItTookFromAFile() throws IOException {
        Path weights = folder.resolve("w.safetensors");
        TinyModel.weights().writeTo(weights);
        Invocation compiled = compile("-o", folder.resolve("tiny.jar"), "--weights", weights);
        assertEquals(new Invocation(0, """
                tiny.jar: compiled 'tiny' in # s

                  input    [8, 8, 3]
                  arrays   the network's input as it is
                  output   [3]
                  steps    7 layers of the spec became 7 steps, input and output included
                  arena    20.8 KiB at its peak; no plan could do with less than 20.8 KiB
                  weights  231 parameters, 6.5 KiB as packed, from w.safetensors
                  taken    11 tensors by name; safetensors, profile keras (auto)
                  assumed  kernels lie as HWIO, epsilon 0.001 as the spec says

                try it: xceptionc predict tiny.jar PICTURE
                """, ""), compiled);
    }

    /**
     * The same network from two files: its own, and one as PyTorch would write it, under other names and laid out
     * otherwise.
     */
    @Test
    void weightsOfAnotherKindGiveTheSameModel() throws Exception {
        Path weights = folder.resolve("w.safetensors");
        TinyModel.weightsOfPyTorch().writeTo(weights);
        Files.writeString(spec, TinyModel.SPEC.replace("labels:", """
                weights:
                  rename:
                    "module.head.*": "predictions.*"
                    "module.features.norm.*": "stem_bn.*"
                    "module.features.*": "*"
                    "nothing": "predictions.bias"
                labels:"""));
        Path jar = folder.resolve("tiny.jar");
        Invocation compiled = compile("-o", jar, "--weights", weights, "--weights-report");
        assertEquals(
                new Invocation(0, """
                        tiny.jar: compiled 'tiny' in # s

                          input    [8, 8, 3]
                          arrays   the network's input as it is
                          output   [3]
                          steps    7 layers of the spec became 7 steps, input and output included
                          arena    20.8 KiB at its peak; no plan could do with less than 20.8 KiB
                          weights  231 parameters, 6.5 KiB as packed, from w.safetensors
                          taken    11 tensors by rename; safetensors, profile pytorch (auto)
                          assumed  kernels lie as OIHW, transposed, epsilon 0.001 as the spec says
                          left     1 batch counter, 1 auxiliary head's tensor, 1 unused tensor

                          layer's tensor             tensor of the file                                   by
                          stem, convolution kernel   'module.features.stem.weight' [4, 3, 3, 3]           rename
                          stem, bias                 'module.features.stem.bias' [4]                      rename
                          stem_bn, gamma             'module.features.norm.weight' [4]                    rename
                          stem_bn, beta              'module.features.norm.bias' [4]                      rename
                          stem_bn, moving mean       'module.features.norm.running_mean' [4]              rename
                          stem_bn, moving variance   'module.features.norm.running_var' [4]               rename
                          sep, depthwise kernel      'module.features.sep.conv1.weight' [4, 1, 3, 3]      rename
                          sep, pointwise kernel      'module.features.sep.pointwise.weight' [8, 4, 1, 1]  rename
                          sep, bias                  'module.features.sep.pointwise.bias' [8]             rename
                          predictions, dense kernel  'module.head.weight' [3, 8]                          rename
                          predictions, bias          'module.head.bias' [3]                               rename

                        try it: xceptionc predict tiny.jar PICTURE
                        """,
                        """
                                tiny.yaml:8:5: warning[W304]: the pattern 'nothing' is for no tensor of w.safetensors
                                    8 |     "nothing": "predictions.bias"
                                      |     ^^^^^^^^^ look at the file's names; a pattern is for whole names, as '*.weight' is
                                tiny.yaml:12:5: warning[W302]: batch norm 'stem_bn' has the epsilon 0.001, but weights of pytorch are mostly \
                                trained with 1e-5
                                   12 |   - batch_norm: {name: stem_bn}
                                      |     ^^^^^^^^^^ write epsilon: 1e-5 in the spec if these were
                                w.safetensors: warning[W301]: has the tensor 'module.temperature', which no layer uses
                                """),
                compiled);
        float[] image = TinyModel.image(1);
        try (CompiledModel model = CompiledModel.open(jar); CompiledModel own = CompiledModel.open(TinyModel.jar(1))) {
            assertArrayEquals(own.run(image), model.run(image));
        }
    }

    @Test
    void aModelAboveItsBudgetLeavesNothingBehind() throws IOException {
        Path jar = folder.resolve("tiny.jar");
        assertEquals(new Invocation(1, "", """
                tiny.yaml: error[E403]: the values of a session take 21248 bytes, the budget is 21247
                       no plan could do with less than 21248; make the network smaller or the budget larger
                1 error
                """), compile("-o", jar, "--memory-budget", 21247));
        assertEquals(List.of("tiny.yaml"), files());
        assertEquals(0, compile("-o", jar, "--memory-budget", 21248).status());
    }

    @Test
    void optionsOfWeightsGoWithAFile() {
        String usage = "\nsee 'xceptionc help compile'\n";
        assertEquals(new Invocation(2, "", "xceptionc: compile: --profile goes with --weights FILE" + usage),
                compile("--profile", "timm", "-o", folder.resolve("tiny.jar")));
        assertEquals(new Invocation(2, "",
                "xceptionc: compile: --match is auto or name or order, not 'shape'" + usage),
                compile("--weights", "w", "--match", "shape", "-o", folder.resolve("tiny.jar")));
    }

    @Test
    void layersInAnotherOrderAreToldByTheirShapes() throws Exception {
        Path weights = folder.resolve("w.safetensors");
        TinyModel.weightsOfPyTorch().writeTo(weights);
        Path jar = folder.resolve("tiny.jar");
        Invocation compiled = compile("--weights", weights, "--match", "order", "-o", jar);
        assertEquals("  taken    11 tensors by order; safetensors, profile pytorch (auto)",
                compiled.out().lines().toList().get(8));
        float[] image = TinyModel.image(1);
        try (CompiledModel model = CompiledModel.open(jar); CompiledModel own = CompiledModel.open(TinyModel.jar(1))) {
            assertArrayEquals(own.run(image), model.run(image));
        }
    }

    @Test
    void layersThatAreNotThereLeaveNothingBehind() throws IOException {
        Path weights = folder.resolve("w.safetensors");
        TinyModel.weightsOfPyTorch().writeTo(weights);
        Files.writeString(spec, TinyModel.SPEC.replace("filters: 8", "filters: 7"));
        assertEquals(
                new Invocation(1, "",
                        """
                                tiny.yaml:5:5: error[E308]: the tensors of w.safetensors cannot be bound by order: layer 'stem' wants weight \
                                [4, 3, 3, 3], bias [4], where the file has 'module.head' with weight [3, 8], bias [3]; the network has 4 \
                                layers to bind so, the file 6
                                    5 |   - conv2d: {name: stem, filters: 4, kernel: 3, padding: same}
                                      |     ^^^^^^ say which is which under `weights: {rename: ...}` in the spec, or look for the weights of this very network
                                1 error
                                """),
                compile("--weights", weights, "--match", "order", "-o", folder.resolve("tiny.jar")));
        assertEquals(List.of("tiny.yaml", "w.safetensors"), files());
    }

    @Test
    void patternsThatMakeTwoTensorsAlikeLeaveNothingBehind() throws IOException {
        Path weights = folder.resolve("w.safetensors");
        TinyModel.weights().writeTo(weights);
        Files.writeString(spec, TinyModel.SPEC.replace("labels:", "weights: {rename: {\"s*/bias\": x}}\nlabels:"));
        assertEquals(
                new Invocation(1, "",
                        """
                                tiny.yaml:3:20: error[E307]: two tensors of the file would be called 'x': 'stem/bias' and 'sep/bias'
                                    3 | weights: {rename: {"s*/bias": x}}
                                      |                    ^^^^^^^^^ make the pattern narrower, or put one for the other tensor before it
                                1 error
                                """),
                compile("--weights", weights, "-o", folder.resolve("tiny.jar")));
        assertEquals(List.of("tiny.yaml", "w.safetensors"), files());
    }
}
