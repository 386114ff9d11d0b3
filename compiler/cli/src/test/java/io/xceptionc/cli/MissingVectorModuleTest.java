package io.xceptionc.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a JVM without the Vector API. */
class MissingVectorModuleTest {

    @TempDir
    private Path folder;

    @Test
    void saysHowToStartJava() throws Exception {
        Path jar = TinyModel.jar(1);
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        Invocation predict = Invocation.ofProcess(folder, List.of(), Invocation.classPath(), "predict", jar, "a.png");
        Invocation compile = Invocation.ofProcess(folder, List.of(), Invocation.classPath(), "compile", spec, "-o",
                folder.resolve("tiny.jar"));
        assertAll(() -> assertEquals(new Invocation(1, "", """
                xceptionc: this JVM was started without the Vector API, which the model's kernels need: start it with
                    java --add-modules jdk.incubator.vector ...
                """), predict), () -> assertEquals(new Invocation(1, "", """
                xceptionc: this JVM was started without the Vector API: start it with
                    java --add-modules jdk.incubator.vector ...
                """), compile));
    }
}
