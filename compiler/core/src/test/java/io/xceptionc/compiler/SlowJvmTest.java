package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that cannot make fast kernels does not wait for them: it says so and computes the same. */
class SlowJvmTest {

    @TempDir
    private static Path folder;

    private static Path jar;
    private static String result;

    @BeforeAll
    static void compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("slow.yaml"), """
                model: slow
                input: {shape: [9, 8, 3]}
                layers:
                  - conv2d: {filters: 7, kernel: 3, stride: 2}
                  - residual: {body: [relu, {separable_conv2d: {filters: 7, kernel: 3, padding: same}}, batch_norm]}
                  - swish
                  - max_pool2d: {kernel: 3, stride: 2, padding: same}
                  - flatten
                  - dense: {units: 5, activation: softmax}
                """);
        jar = folder.resolve("slow.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(5), jar, stage -> {
        });
        result = ForkedJvm.run(WidthProbe.class, List.of(), jar, 0);
    }

    @Test
    void aFastJvmSaysNothing() {
        assertEquals(1, result.lines().count(), result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3", "-XX:-UseFMA"})
    void aSlowJvmComputesTheSameWithoutWaiting(String option) throws Exception {
        String output = ForkedJvm.run(WidthProbe.class, List.of(option), jar, 0);
        assertTrue(output.endsWith(result), output);
        assertEquals(1, output.lines().filter(line -> line.startsWith("WARNING: ")).count(),
                () -> "there is another where a warm-up waits in vain: " + output);
        assertTrue(output.contains(": results are right, but come hundreds of times later\n"), output);
    }

    @Test
    void aSlowJvmIsRefusedWhereAModelIsOpenedStrictly() throws Exception {
        assertEquals("refused: this JVM has no optimising compiler (C2), or was told not to use it (-Xint,"
                + " -XX:TieredStopAtLevel, -XX:CompilationMode): the model would answer hundreds of times later, and was"
                + " to be opened strictly\n",
                ForkedJvm.run(WidthProbe.class, List.of("-XX:TieredStopAtLevel=1", "-Dstrict=true"), jar, 0));
        assertEquals(result, ForkedJvm.run(WidthProbe.class, List.of("-Dstrict=true"), jar, 0));
    }
}
