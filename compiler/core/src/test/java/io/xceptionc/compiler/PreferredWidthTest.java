package io.xceptionc.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM that prefers narrower vectors runs the kernels for them, with the same result to the bit, and refuses others,
 * which would crawl.
 */
class PreferredWidthTest {

    @TempDir
    private static Path folder;

    private static Path jar;

    @BeforeAll
    static void compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("widths.yaml"), """
                model: widths
                input: {shape: [15, 13, 3]}
                layers:
                  - conv2d: {filters: 40, kernel: 3, stride: 2}
                  - residual: {body: [relu, {separable_conv2d: {filters: 40, kernel: 3, padding: same}}, batch_norm]}
                  - max_pool2d: {kernel: 3, stride: 2, padding: same}
                  - swish
                  - global_avg_pool2d
                  - dense: {units: 7, activation: softmax}
                """);
        jar = folder.resolve("widths.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(5), jar, stage -> {
        });
    }

    @Test
    void everyPreferredWidthGivesTheSameBits() throws Exception {
        Set<String> results = new TreeSet<>();
        for (int bits = 128; bits <= FloatVector.SPECIES_PREFERRED.vectorBitSize(); bits *= 2) {
            String[] answer = probe(bits, 0).split(" ", 2);
            assertEquals(Integer.toString(bits), answer[0]);
            results.add(answer[1]);
        }
        assertEquals(1, results.size(), results.toString());
    }

    @Test
    void refusesWiderVectorsThanTheMachineHas() throws Exception {
        assertEquals("refused: the vectors of this machine, as this JVM uses them, have 128 bits, not the 512 that were"
                + " asked for: open the model with 128 bits or fewer, or with 0 for the widest; a model jar has kernels"
                + " for every width\n", probe(128, 512));
    }

    @Test
    void refusesAMachineWhoseVectorsAreTooNarrowForAnyKernel() throws Exception {
        String message = "refused: the vectors of this machine, as this JVM uses them, have 64 bits, but the model's"
                + " kernels need at least 128: start the JVM without options that narrow them, such as"
                + " -XX:MaxVectorSize\n";
        assertEquals(message, probe(64, 0));
        assertEquals(message, probe(64, 128));
    }

    /** A second width in a process would make objects of all its vectors. */
    @Test
    void keepsAProcessToTheFirstWidth() throws Exception {
        List<String> answers = ForkedJvm.run(WidthProbe.class, List.of(), jar, 128, 0, 128).lines().toList();
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        assumeTrue(bits > 128, "a machine with vectors of one width");
        assertEquals("refused: a model with vectors of 128 bits was opened in this process before, and HotSpot compiles"
                + " vectors of no other width well after that: open this one with 128 bits, not " + bits
                + ", or in another process", answers.get(1));
        assertEquals(answers.get(0), answers.get(2));
    }

    @Test
    void noTemporaryFileIsLeftEvenIfTheJvmEndsSoon() throws Exception {
        probe(128, 0);
        for (int round = 0; round < 5; round++) {
            probe(128, 512);
        }
        try (Stream<Path> files = Files.list(folder.resolve("temporary"))) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** What a JVM with vectors of so many bits says that is asked for others. */
    private static String probe(int bits, int asked) throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector", "-XX:MaxVectorSize=" + bits / 8, "-Djava.io.tmpdir=" + temporary, "-cp",
                System.getProperty("java.class.path"),
                WidthProbe.class.getName(), jar.toString(), Integer.toString(asked));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(600, TimeUnit.SECONDS) && process.exitValue() == 0, output);
        return output;
    }
}
