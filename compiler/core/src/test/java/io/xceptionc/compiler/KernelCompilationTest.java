package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.xceptionc.compiler.testing.ForkedJvm;
import io.xceptionc.runtime.kernel.Network;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HotSpot compiles the loops of kernels with C2, never with C1: seen in the log of a fresh JVM. */
class KernelCompilationTest {

    /** For one, "{@code 57 % b 4 some.ModelKernels512::run @ 12 (53 bytes) made not entrant}". */
    private static final Pattern COMPILATION =
            Pattern.compile("(\\d+) [ %sb!n]{5,} +([1-4]) +(?:xceptionc\\.model\\.\\w+\\.\\w+Kernels\\d+|"
                    + "io\\.xceptionc\\.runtime\\.kernel\\.shared\\.(?!VectorFunctions)\\w+)::(\\w+) (.*)");
    private static final Pattern DURATION = Pattern.compile("(\\w+) (\\d+)");

    private static final String LEVEL_OF_C2 = "4";
    private static final int LOADING_THREADS = 2;
    /**
     * A sixth of what a warm-up waits for: where it takes longer with no load of ours, the test of load says nothing.
     */
    private static final long MOST_MICROS_ALONE = 5_000_000;
    /** What C1 compiled, or nothing did, is a hundred times slower; what other processes do in the meantime is less. */
    private static final int MOST_TIMES_SLOWER = 20;

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @EnumSource
    void loopsAreCompiledByC2AndNeverByC1(KernelSpec spec) throws Exception {
        probe(spec, 0);
    }

    @Test
    void loopsAreCompiledByC2EvenIfBothCompilersHaveMuchToDo() throws Exception {
        Map<String, Long> alone = probe(KernelSpec.CONVOLUTIONS, 0);
        assumeTrue(alone.get("opened") < MOST_MICROS_ALONE, () -> "others keep the machine busy: " + alone);
        Map<String, Long> loaded = probe(KernelSpec.CONVOLUTIONS, LOADING_THREADS);
        assertTrue(loaded.get("ran") <= MOST_TIMES_SLOWER * alone.get("ran"), () -> loaded + ", alone " + alone);
    }

    /** How long the model took in a fresh JVM, in microseconds, if all its loops were compiled well. */
    private static Map<String, Long> probe(KernelSpec spec, int loadingThreads) throws Exception {
        Path jar = spec.jar(folder);
        Path log = folder.resolve("compilations.log");
        String output = ForkedJvm.run(KernelProbe.class, List.of("-Xlog:jit+compilation=debug:file=" + log), jar,
                loadingThreads);
        assertCompiledByC2(loops(jar, spec), Files.readString(log));
        return DURATION.matcher(output).results().collect(
                Collectors.toMap(result -> result.group(1), result -> Long.valueOf(result.group(2))));
    }

    private static void assertCompiledByC2(Set<String> loops, String log) {
        Set<String> byC1 = new TreeSet<>();
        Map<String, String> inUse = new HashMap<>();
        for (MatchResult compilation : COMPILATION.matcher(log).results().toList()) {
            String loop = compilation.group(3);
            if (compilation.group(4).contains("made not entrant")) {
                inUse.remove(compilation.group(1));
            } else if (compilation.group(2).equals(LEVEL_OF_C2)) {
                inUse.put(compilation.group(1), loop);
            } else {
                byC1.add(loop);
            }
        }
        byC1.retainAll(loops);
        assertEquals(Set.of(), byC1, "loops that C1 compiled");
        Set<String> missing = new TreeSet<>(loops);
        missing.removeAll(inUse.values());
        assertEquals(Set.of(), missing, "loops without code of C2, of which there is " + inUse);
    }

    /**
     * The loops of a jar for the machine's vectors, and those that it shares with others: a loop's first parameter is
     * an array or a segment.
     */
    private static Set<String> loops(Path jar, KernelSpec spec) throws Exception {
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            Set<String> loops = Stream.of(loader.loadClass(spec.kernelsClass(bits)).getDeclaredMethods())
                    .filter(KernelCompilationTest::isLoop).map(Method::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            Network network = (Network) loader.loadClass(spec.networkClass()).getConstructor(int.class)
                    .newInstance(bits);
            Set<String> own = Set.copyOf(loops);
            network.sharedKernels().forEach(kernel -> loops.addAll(kernel.loops()));
            assertTrue(own.size() > 5 && loops.size() > own.size(), loops::toString);
            return loops;
        }
    }

    private static boolean isLoop(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && Set.of(float[].class, MemorySegment.class).contains(method.getParameterTypes()[0]);
    }
}
