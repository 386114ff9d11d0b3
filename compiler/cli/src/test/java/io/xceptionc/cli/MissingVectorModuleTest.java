package io.xceptionc.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a JVM without the Vector API. */
class MissingVectorModuleTest {

    @TempDir
    private Path folder;

    private Invocation fork(Object... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName()));
        for (Object word : words) {
            command.add(word.toString());
        }
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        return new Invocation(process.waitFor(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void saysHowToStartJava() throws Exception {
        Path jar = TinyModel.jar(1);
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        Invocation predict = fork("predict", jar, "a.png");
        Invocation compile = fork("compile", spec, "-o", folder.resolve("tiny.jar"));
        assertAll(() -> assertEquals(new Invocation(1, "", """
                xceptionc: this JVM was started without the Vector API, which the model's kernels need: start it with
                    java --add-modules jdk.incubator.vector ...
                """), predict), () -> assertEquals(new Invocation(1, "", """
                xceptionc: this JVM was started without the Vector API: start it with
                    java --add-modules jdk.incubator.vector ...
                """), compile));
    }
}
