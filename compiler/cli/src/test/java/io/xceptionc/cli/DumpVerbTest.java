package io.xceptionc.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
