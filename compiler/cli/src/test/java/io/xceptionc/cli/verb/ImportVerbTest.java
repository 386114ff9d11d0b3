package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.compiler.export.OnnxExport;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpyFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb, and the other verbs with a model of another tool in place of a spec. */
class ImportVerbTest {

    private static final double TOLERANCE = 1e-4;

    private static final String NOTE = """
            note: how a picture becomes an input is not in the file; taken is RGB, x / 255, resized as by \
            Pillow's bilinear; --scale, --offset, --mean, --std, --color, --resize, --shorter-side and --letterbox say \
            otherwise
            """;

    @TempDir
    private Path folder;

    private Path onnx;

    @BeforeEach
    void writeModel() throws IOException {
        onnx = folder.resolve("tiny.onnx");
        try (OutputStream stream = Files.newOutputStream(onnx)) {
            OnnxExport.write(TinyModel.graph(), 1, stream);
        }
    }

    private Invocation run(Object... words) {
        return Invocation.of(words).without(folder);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    /** Those of this process. */
    private static long temporaryFolders() throws IOException {
        String prefix = "xceptionc-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
        }
    }

    private Path image() throws IOException {
        Path file = folder.resolve("image.npy");
        try (OutputStream stream = Files.newOutputStream(file)) {
            NpyFile.writeHeader(List.of(8, 8, 3), stream);
            NpyFile.writeElements(TinyModel.image(1), stream);
        }
        return file;
    }

    private void assertAnswers(Path output) throws IOException, ArrayFileException {
        float[] values = new float[3];
        try (NpyFile array = NpyFile.open(output)) {
            array.read(0, MemorySegment.ofArray(values));
        }
        double[] expected = TinyModel.expected(TinyModel.image(1));
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], values[i], TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --scale=1              | scale: 1, offset: 0
            --offset=0             | scale: 1/255, offset: 0
            --offset=-0            | scale: 1/255, offset: 0
            --scale=0              | scale: 0, offset: 0
            --scale=1e-8,1,1e8     | scale: [1e-8, 1, 1e8], offset: 0
            --mean=0 --std=1       | mean: 0, std: 1
            --mean=0,0.5,-1 --std=1 | mean: [0, 0.5, -1], std: 1
            """)
    void zerosAndTinyNumbersAreNumbersAsOthers(String options, String written) throws IOException {
        Object[] words =
                Stream.concat(Stream.of("import", onnx, "-o", folder), Stream.of(options.split(" "))).toArray();
        assertEquals(0, run(words).status());
        assertEquals("input: {shape: [8, 8, 3], resize: bilinear, " + written + "}",
                Files.readAllLines(folder.resolve("tiny.yaml")).get(3));
    }

    @Test
    void writesSpecAndWeights() throws IOException, ArrayFileException {
        Invocation imported = run("import", onnx, "--scale", "1/127.5", "--offset", "-1", "-o", folder.resolve("out"));
        assertEquals(new Invocation(0, """
                out/tiny.yaml: imported 'tiny' from ONNX of xceptionc, opset 17

                  input    [8, 8, 3]
                  arrays   the network's input as it is
                  output   [3]
                  spec     7 layers in 12 lines
                  weights  231 parameters, in out/tiny.safetensors

                recognised:
                      1  batch_norm
                      1  conv2d
                      1  dense
                      1  global_avg_pool2d
                      1  relu
                      1  separable_conv2d
                      1  softmax

                next: xceptionc compile out/tiny.yaml --weights out/tiny.safetensors -o tiny.jar
                """, ""), imported);
        assertEquals("""
                # From tiny.onnx, ONNX of xceptionc, opset 17
                model: tiny
                weights: pytorch
                input: {shape: [8, 8, 3], resize: bilinear, scale: 1/127.5, offset: -1}
                layers:
                  - conv2d: {name: stem, filters: 4, kernel: 3, padding: 1}
                  - batch_norm: {name: stem_bn, epsilon: 1e-3}
                  - relu: {name: stem_relu}
                  - separable_conv2d: {name: sep, filters: 8, kernel: 3, padding: 1}
                  # to a vector
                  - global_avg_pool2d: {name: pool/pool}
                  - dense: {name: predictions, units: 3, activation: softmax}
                """, Files.readString(folder.resolve("out/tiny.yaml")));
        assertEquals(List.of("out/tiny.safetensors", "out/tiny.yaml", "tiny.onnx"), files());

        Path jar = folder.resolve("tiny.jar");
        Path output = folder.resolve("answer.npy");
        assertEquals(0, run("compile", folder.resolve("out/tiny.yaml"), "--weights",
                folder.resolve("out/tiny.safetensors"), "-o", jar).status());
        assertEquals(0, run("predict", jar, image(), "--output", output).status());
        assertAnswers(output);
    }

    @Test
    void whatMayHaveBeenEditedIsNotReplaced() throws IOException {
        assertEquals(new Invocation(0, NOTE, ""),
                new Invocation(0, run("import", onnx, "-o", folder).err(), ""));
        byte[] spec = Files.readAllBytes(folder.resolve("tiny.yaml"));
        assertEquals(new Invocation(1, "", "xceptionc: tiny.yaml exists already, and may have been edited, so it is not"
                + " replaced; remove it, or choose another folder\n"), run("import", onnx, "-o", folder));
        assertArrayEquals(spec, Files.readAllBytes(folder.resolve("tiny.yaml")));
        Files.delete(folder.resolve("tiny.yaml"));
        assertEquals(new Invocation(1, "", "xceptionc: tiny.safetensors exists already, and may have been edited, so it"
                + " is not replaced; remove it, or choose another folder\n"), run("import", onnx, "-o", folder));
    }

    @Test
    void labelsComeFromAFile() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "cat\ndog\nbird\n");
        assertEquals(0, run("import", onnx, "--labels", labels, "-o", folder).status());
        assertEquals(List.of("labels: [cat, dog, bird]"), Files.readAllLines(folder.resolve("tiny.yaml")).stream()
                .filter(line -> line.startsWith("labels")).toList());
        Files.writeString(labels, "cat\ndog\n");
        assertEquals(new Invocation(1, "", """
                labels.txt: error[E105]: has 2 labels, but the network yields 3 numbers
                       give one label for each number, in its order
                1 error
                """), run("import", onnx, "--labels", labels, "-o", folder.resolve("out")));
    }

    @Test
    void checkSaysWhatIsTakenAndWritesNothing() throws IOException {
        Invocation checked = run("import", onnx, "--check");
        assertAll(() -> assertEquals(0, checked.status()),
                () -> assertEquals("tiny.onnx: can be imported, from ONNX of xceptionc, opset 17",
                        checked.out().lines().findFirst().orElseThrow()),
                () -> assertTrue(checked.out().contains("\nrecognised:\n")),
                () -> assertEquals(NOTE, checked.err()), () -> assertEquals(List.of("tiny.onnx"), files()));
    }

    @Test
    void wrongModelsLeaveNothingBehind() throws IOException {
        byte[] whole = Files.readAllBytes(onnx);
        Files.write(onnx, Arrays.copyOf(whole, whole.length / 2));
        Path text = Files.writeString(folder.resolve("tiny.txt"), "model: tiny\n");
        Invocation damaged = run("import", onnx, "-o", folder.resolve("out"));
        assertAll(() -> assertEquals(1, damaged.status()), () -> assertEquals("", damaged.out()),
                () -> assertEquals("tiny.onnx: error[E303]: is a damaged ONNX model: it has a part of",
                        damaged.err().substring(0, 65)),
                () -> assertEquals(
                        new Invocation(1, "",
                                """
                                        tiny.txt: error[E502]: is no model of a known format
                                               networks are imported from what Keras saves with model.save, from layers models of TensorFlow.js and from ONNX models
                                        1 error
                                        """),
                        run("import", text, "-o", folder.resolve("out"))),
                () -> assertEquals(new Invocation(1, "", """
                        none.onnx: error[E401]: does not exist
                               check the path of the model
                        1 error
                        """), run("import", folder.resolve("none.onnx"), "-o", folder.resolve("out"))),
                () -> assertEquals(List.of("tiny.onnx", "tiny.txt"), files()));
    }

    @Test
    void compilesAModelInOneGo() throws IOException, ArrayFileException {
        long before = temporaryFolders();
        Path jar = folder.resolve("tiny.jar");
        Path output = folder.resolve("answer.npy");
        Invocation compiled = run("compile", onnx, "-o", jar);
        assertAll(() -> assertEquals(0, compiled.status()),
                () -> assertEquals("tiny.onnx: imported from ONNX of xceptionc, opset 17\n" + NOTE, compiled.err()),
                () -> assertEquals("tiny.jar: compiled 'tiny' in # s",
                        compiled.out().lines().findFirst().orElseThrow()),
                () -> assertEquals(1,
                        compiled.out().lines().filter(line -> line.endsWith(", from tiny.onnx")).count()));
        assertEquals(0, run("predict", jar, image(), "--output", output).status());
        assertAnswers(output);
        assertEquals(before, temporaryFolders());
    }

    @Test
    void predictsFromAModelInOneGo() throws IOException, ArrayFileException {
        long before = temporaryFolders();
        Path output = folder.resolve("answer.npy");
        assertEquals(new Invocation(0, "answer.npy: written, float32 [1, 3]\n", """
                tiny.onnx: imported from ONNX of xceptionc, opset 17
                tiny.onnx: compiled in # s, weights from tiny.onnx
                """ + NOTE), run("predict", onnx, image(), "--output", output));
        assertAnswers(output);
        assertEquals(before, temporaryFolders());
    }

    @Test
    void predictsFromASpecInOneGo() throws IOException, ArrayFileException {
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        Path weights = folder.resolve("w.safetensors");
        TinyModel.weights().writeTo(weights);
        Path output = folder.resolve("answer.npy");
        assertEquals(new Invocation(0, "answer.npy: written, float32 [1, 3]\n",
                "tiny.yaml: compiled in # s, weights from w.safetensors\n"),
                run("predict", spec, image(), "--weights", weights, "--output", output));
        assertAnswers(output);
    }

    @Test
    void picturesAreTakenAsTheOptionsSay() throws IOException {
        Path picture = folder.resolve("p.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        Path spec = Files.writeString(folder.resolve("tiny.yaml"),
                TinyModel.SPEC.replaceAll("(?m)^labels.*\n", ""));
        String bySpec = run("predict", spec, picture, "--seed", TinyModel.SEED, "--format", "json").out();
        Invocation byOptions =
                run("predict", onnx, picture, "--mean", "0.5", "--std", "0.5,0.5,0.5", "--format", "json");
        assertAll(() -> assertEquals(bySpec.replaceAll("\"milliseconds\".*", ""),
                byOptions.out().replaceAll("\"milliseconds\".*", "")),
                () -> assertEquals(2, byOptions.err().lines().count()));
    }

    @Test
    void otherVerbsTakeModelsToo() throws IOException {
        assertAll(
                () -> assertEquals(new Invocation(0, "tiny.onnx: no problems\n",
                        "tiny.onnx: imported from ONNX of xceptionc, opset 17\n"), run("check", onnx)),
                () -> assertEquals("tiny, input 8 x 8 x 3",
                        run("summary", onnx).out().lines().findFirst().orElseThrow()),
                () -> assertEquals(0, run("export", onnx, "-o", folder.resolve("again.onnx")).status()));
        assertEquals(List.of("again.onnx", "tiny.onnx"), files());
    }

    @Test
    void theJsonOfKerasGoesWithItsWeights() throws IOException {
        Path real = Path.of("../core/src/test/resources/io/xceptionc/compiler/foreign/real/keras-config");
        Path config = Files.copy(real.resolve("model.json"), folder.resolve("lone.json"));
        Path weights = Files.copy(real.resolve("model.weights.h5"), folder.resolve("other.h5"));
        Path array = real.resolve("x.npy").toAbsolutePath();
        assertAll(
                () -> assertEquals(1, run("predict", config, array).status()),
                () -> assertEquals(0, run("predict", config, array, "--weights", weights).status()),
                () -> assertEquals(0, run("import", config, "--weights", weights, "--check").status()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            compile --seed 1 -o m.jar | --weights and --seed go with a spec; tiny.onnx has its own weights
            compile --scale x -o m.jar | --scale is X[,X...], not 'x'
            import --seed 1 -o out | there is no option '--seed'; did you mean '--std'?
            import --weights w.h5 -o out | --weights goes with a model.json of Keras; tiny.onnx has its own weights
            import --mean 1}, -o out | --mean is X[,X...], not '1},'
            """)
    void wrongCalls(String call, String message) {
        String[] words = call.split(" ");
        Object[] withModel = Stream.concat(Stream.of(words[0], onnx), Stream.of(words).skip(1)).toArray();
        assertEquals("xceptionc: " + words[0] + ": " + message,
                run(withModel).err().lines().findFirst().orElseThrow());
    }

    @Test
    void whatASpecSaysItselfIsNoOption() throws IOException {
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        assertEquals("""
                xceptionc: compile: --mean is for models of other tools; a spec says it itself
                see 'xceptionc help compile'
                """,
                run("compile", spec, "--mean", "0", "-o", folder.resolve("m.jar")).err());
        assertEquals("""
                xceptionc: predict: --seed goes with a spec; a model jar is compiled already
                see 'xceptionc help predict'
                """,
                run("predict", folder.resolve("m.jar"), onnx, "--seed", "1").err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    --resize plain_bilinear                     | resize: plain_bilinear, scale: 1/255, offset: 0
                    --shorter-side 10 --mean 0.5 --std 0.25     | resize: {method: bilinear, shorter_side: 10}, mean: 0.5, std: 1/4
                    --resize bicubic --letterbox 114 --color bgr | resize: {method: bicubic, letterbox: 114}, color: bgr, \
                    scale: 1/255, offset: 0
                    """)
    void theOptionsSayHowPicturesAreTaken(String options, String expected) throws IOException {
        List<Object> words = new ArrayList<>(List.of("import", onnx, "-o", folder.resolve("made")));
        words.addAll(List.of(options.split(" ")));
        assertEquals("", run(words.toArray()).err());
        assertEquals("input: {shape: [8, 8, 3], " + expected + "}",
                Files.readAllLines(folder.resolve("made/tiny.yaml")).stream()
                        .filter(line -> line.startsWith("input:")).findFirst().orElseThrow());
    }

    @Test
    void whatIsNoWayToResizeIsRefused() {
        assertEquals("xceptionc: import: --letterbox is a number, not 'grey'",
                run("import", onnx, "--check", "--letterbox", "grey").err().lines().findFirst().orElseThrow());
    }
}
