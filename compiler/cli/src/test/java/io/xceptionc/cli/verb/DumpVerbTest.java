package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.compiler.jar.ModelJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpVerbTest {

    @TempDir
    private Path folder;

    private Path jar(String entry, String text) throws IOException {
        Path jar = folder.resolve("x.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void showsAllSources() throws Exception {
        Invocation dumped = Invocation.of("dump", TinyModel.jar(1));
        List<String> paths = dumped.out().lines().filter(line -> line.startsWith("// ")).toList();
        assertAll(() -> assertEquals(0, dumped.status()),
                () -> assertEquals(List.of("// xceptionc/model/tiny/Tiny.java",
                        "// xceptionc/model/tiny/TinyKernels.java", "// xceptionc/model/tiny/TinyKernels128.java",
                        "// xceptionc/model/tiny/TinyKernels256.java", "// xceptionc/model/tiny/TinyKernels512.java",
                        "// xceptionc/model/tiny/TinyModel.java"),
                        paths));
    }

    @Test
    void showsTheStepThatALayerWasFusedInto() throws Exception {
        Invocation dumped = Invocation.of("dump", TinyModel.jar(1), "--layer", "stem_relu");
        List<String> lines = dumped.out().lines().toList();
        assertAll(() -> assertEquals(0, dumped.status()), () -> assertEquals(List.of("/**",
                " * stem: conv2d, [8, 8, 3] to [8, 8, 4].", " *",
                " * <p>Computes stem, stem_bn, stem_relu (line 5 of the spec).", " */",
                "private void stem(Frame frame, int part, int parts) {"), lines.subList(0, 6)),
                () -> assertEquals("}", lines.getLast()),
                () -> assertEquals(1, lines.stream().filter(line -> line.startsWith("private void")).count()));
    }

    @Test
    void suggestsLayers() throws Exception {
        Path jar = TinyModel.jar(1);
        assertAll(() -> assertEquals(new Invocation(1, "",
                "xceptionc: no step of " + jar + " computes a layer 'stm'; did you mean 'stem'?\n"),
                Invocation.of("dump", jar, "--layer", "stm")),
                () -> assertEquals(new Invocation(1, "", "xceptionc: no step of " + jar
                        + " computes a layer 'middle_flow'; 'xceptionc dump " + jar + "' shows all\n"),
                        Invocation.of("dump", jar, "--layer", "middle_flow")));
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        Path text = Files.writeString(folder.resolve("x.txt"), "no jar");
        assertAll(() -> assertEquals(new Invocation(1, "", "xceptionc: none.jar does not exist\n"),
                Invocation.of("dump", folder.resolve("none.jar")).without(folder)),
                () -> assertEquals(new Invocation(1, "",
                        "xceptionc: x.txt is no readable jar file: zip END header not found; copy it again, or compile the"
                                + " model again\n"),
                        Invocation.of("dump", text).without(folder)),
                () -> assertEquals(new Invocation(1, "",
                        "xceptionc: x.jar is no model jar: it holds no generated source\n"),
                        Invocation.of("dump", jar("a.txt", "")).without(folder)));
    }

    @Test
    void aJarCannotCommandTheTerminal() throws IOException {
        assertEquals(new Invocation(0, "// A.java\nclass A {} // \ufffd[31m\n", ""),
                Invocation.of("dump", jar(ModelJar.SOURCES + "A.java", "class A {} // \u001b[31m")));
    }

    private static final String PLAN = """
            # tiny: 7 steps, 21248 bytes for all values (no plan could do with less than 21248), rows of 64 floats
            input: input -> [8, 8, 3]
              direct
              at 12928, 1344 bytes, border [1, 1, 1, 1], pixels of 3
            stem: conv2d(3x3, padding [1, 1, 1, 1], bias, relu) input -> [8, 8, 4]  # stem, stem_bn, stem_relu
              im2col product [64, 27] x [27, 4], 78 rows at a time, threads share panels
              at 0, 12928 bytes, border [1, 1, 1, 1]
            sep: separable_conv2d(3x3, padding [1, 1, 1, 1], bias) stem -> [8, 8, 8]
              depthwise rows, product [64, 4] x [4, 8], 78 rows at a time, threads share panels
              at 12928, 8320 bytes
            pool: global_avg_pool2d sep -> [8]
              direct
              at 0, 128 bytes
            predictions: dense(bias) pool -> [3]
              matrix-vector product
              at 128, 128 bytes
            predictions_activation: softmax predictions -> [3]
              direct
              at 0, 128 bytes
            output: output predictions_activation -> [3]
              direct
            """;

    @Test
    void showsThePlanOfAJarAndOfASpec() throws Exception {
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        assertAll(() -> assertEquals(new Invocation(0, PLAN, ""), Invocation.of("dump", TinyModel.jar(1), "--plan")),
                () -> assertEquals(new Invocation(0, PLAN, ""), Invocation.of("dump", spec, "--plan")),
                () -> assertEquals("input: input -> [16, 8, 3]",
                        Invocation.of("dump", spec, "--plan", "--input", "16x8").out().lines().toList().get(1)),
                () -> assertEquals(Invocation.of("dump", spec, "--plan", "--format", "json"),
                        Invocation.of("dump", TinyModel.jar(1), "--plan", "--format", "json")));
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws Exception {
        Path jar = TinyModel.jar(1);
        String help = "\nsee 'xceptionc help dump'\n";
        assertAll(() -> assertEquals(new Invocation(2, "", "xceptionc: dump: --format goes with --plan" + help),
                Invocation.of("dump", jar, "--format", "json")),
                () -> assertEquals(
                        new Invocation(2, "",
                                "xceptionc: dump: --layer goes with the Java, --plan shows all steps" + help),
                        Invocation.of("dump", jar, "--plan", "--layer", "stem")),
                () -> assertEquals(new Invocation(2, "",
                        "xceptionc: dump: --input goes with a spec; a model jar is compiled already" + help),
                        Invocation.of("dump", jar, "--plan", "--input", "16x8")),
                () -> assertEquals(new Invocation(1, "", "xceptionc: x.jar holds no plan: it is no model jar, or was"
                        + " compiled by a version that kept none; compile the model again, or give the spec\n"),
                        Invocation.of("dump", jar("a.txt", ""), "--plan").without(folder)));
    }
}
