package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckVerbTest {

    @TempDir
    private Path folder;

    private Invocation check(String spec) throws IOException {
        return Invocation.of("check", Files.writeString(folder.resolve("spec.yaml"), spec)).without(folder);
    }

    @Test
    void aGoodSpec() throws IOException {
        assertEquals(new Invocation(0, "spec.yaml: no problems\n", ""), check(TinyModel.SPEC));
    }

    /** It answers while one types: what reads other files, shows progress or makes code need not be loaded for it. */
    @Test
    void loadsNoLibraryButThatForYaml() throws Exception {
        Path loaded = folder.resolve("loaded");
        Path spec = Files.writeString(folder.resolve("spec.yaml"), TinyModel.SPEC);
        Invocation checked = Invocation.ofProcess(folder, List.of("--add-modules", "jdk.incubator.vector",
                "-Xlog:class+load:file=" + loaded), Invocation.classPath(), "check", spec);
        assertEquals(0, checked.status(), checked.err());
        List<String> classes = Files.readAllLines(loaded);
        assertTrue(classes.stream().anyMatch(line -> line.contains("org.snakeyaml.")));
        assertEquals(List.of(), classes.stream().filter(line -> Stream.of("tools.jackson.", "com.twelvemonkeys.",
                "me.tongfei.", "org.jline.", "com.palantir.", "com.sun.tools.javac.", "ai.onnxruntime.",
                "jdk.incubator.vector.").anyMatch(line::contains)).toList());
    }

    @Test
    void aWarningIsNoError() throws IOException {
        assertEquals(new Invocation(0, "spec.yaml: 1 warning\n", """
                spec.yaml:4:3: warning[W201]: block 'spare' is never used, so its layers are not checked
                    4 |   spare: {layers: [relu]}
                      |   ^^^^^ use it as {block: spare}, or remove it
                """), check("""
                model: m
                input: {shape: [8, 8, 3]}
                blocks:
                  spare: {layers: [relu]}
                layers: [relu]
                """));
    }

    @Test
    void allErrorsAtOnce() throws IOException {
        assertEquals(new Invocation(1, "", """
                spec.yaml:4:5: error[E104]: conv2d lacks 'filters'
                    4 |   - conv2d: {kernel: 3}
                      |     ^^^^^^ add filters, for example filters: 32
                spec.yaml:5:5: error[E107]: there is no operator 'konv2d'
                    5 |   - konv2d
                      |     ^^^^^^ did you mean 'conv2d'?
                2 errors
                """), check("""
                model: m
                input: {shape: [8, 8, 3]}
                layers:
                  - conv2d: {kernel: 3}
                  - konv2d
                """));
    }

    @Test
    void aSpecCannotCommandTheTerminal() throws IOException {
        assertEquals(new Invocation(1, "", """
                spec.yaml:1:9: error[E101]: the spec contains a character that YAML does not allow
                    1 | model: b\ufffd[31mad
                      |         ^ remove it; a spec is UTF-8 text
                1 error
                """), check("model: b\u001b[31mad\n"));
    }

    @Test
    void aMissingFile() {
        assertEquals(new Invocation(1, "", """
                spec.yaml: error[E401]: the file does not exist
                       check the path
                1 error
                """), Invocation.of("check", folder.resolve("spec.yaml")).without(folder));
    }
}
