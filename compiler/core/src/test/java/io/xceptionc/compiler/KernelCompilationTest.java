package io.xceptionc.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HotSpot compiles the loops of kernels with C2, never with C1: seen in the log of a fresh JVM. */
class KernelCompilationTest {

    private static final String SPEC = """
            model: probe
            input: {shape: [40, 40, 3]}
            layers:
              - conv2d: {name: stem, filters: 32, kernel: 3, stride: 2, padding: same}
              - residual:
                  body:
                    - relu
                    - separable_conv2d: {filters: 48, kernel: 3, padding: same}
                    - max_pool2d: {kernel: 3, stride: 2, padding: same}
                  shortcut: [{conv2d: {filters: 48, kernel: 1, stride: 2}}]
              - swish
              - global_avg_pool2d
              - dense: {units: 10, activation: softmax}
            """;
    private static final Pattern COMPILATION =
            Pattern.compile("\\d+ [ %sb!n]{5,} +([1-4]) +xceptionc\\.model\\.probe\\.ProbeKernels\\d+::(\\w+) ");

    private static final Set<String> LOOPS =
            Set.of("multiplyTile", "addTile", "finishTile", "finishPixel", "run3x3Sliding", "copyRun", "maxPool3x3Run",
                    "maxWindow", "swishRow", "avgWindow", "densePanel", "exponentials", "quotients", "clear");

    @TempDir
    private Path folder;

    private Path compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("probe.yaml"), SPEC);
        Path jar = folder.resolve("probe.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(1), jar, stage -> {
        });
        return jar;
    }

    private static void probe(Path jar, Path log) throws IOException, InterruptedException {
        List<String> command =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
                        "jdk.incubator.vector", "-Xlog:jit+compilation=debug:file=" + log, "-cp",
                        System.getProperty("java.class.path"), KernelProbe.class.getName(), jar.toString(), "6000");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0, output);
    }

    @Test
    void kernelsAreCompiledByC2AndNeverByC1() throws Exception {
        Path jar = compile();
        Path log = folder.resolve("compilations.log");
        probe(jar, log);
        Set<String> byC1 = new TreeSet<>();
        Set<String> byC2 = new TreeSet<>();
        for (MatchResult compilation : COMPILATION.matcher(Files.readString(log)).results().toList()) {
            boolean isC2 = compilation.group(1).equals("4");
            (isC2 ? byC2 : byC1).add(compilation.group(2));
        }
        byC1.retainAll(LOOPS);
        assertEquals(Set.of(), byC1, "loops that C1 compiled");
        Set<String> missing = new TreeSet<>(LOOPS);
        missing.removeAll(byC2);
        assertEquals(Set.of(), missing, "loops that C2 did not compile, of which it compiled " + byC2);
    }
}
