package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.KernelOp;
import io.xceptionc.compiler.testing.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run allocates nothing on the heap, in fresh JVMs, in which HotSpot compiles in another order each time. */
class AllocationTest {

    /**
     * What HotSpot itself allocates when it first compiles a method of a class: the class's string constants, once.
     * What runs allocate would be in every round.
     */
    private static final long MOST_BYTES_OF_CONSTANTS = 4_000;

    @TempDir
    private static Path folder;

    private static Stream<Arguments> jvms() {
        List<Arguments> jvms = new ArrayList<>();
        for (KernelSpec spec : KernelSpec.values()) {
            List<Integer> threads = List.of(1, 2);
            for (int bits = 128; bits <= FloatVector.SPECIES_PREFERRED.vectorBitSize(); bits *= 2) {
                jvms.add(Arguments.of(spec, bits, threads));
                threads = threads.reversed();
            }
        }
        return jvms.stream();
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void runsAllocateNothing(KernelSpec spec, int vectorBits, List<Integer> threads) throws Exception {
        String output = ForkedJvm.run(AllocationProbe.class, List.of(), spec.jar(folder), vectorBits,
                threads.getFirst(), threads.getLast());
        Map<String, long[]> rounds = parsed(output);
        for (int count : threads) {
            assertAllocates(0, rounds.get("segments" + count), output);
            assertAllocates(0, rounds.get("arrays" + count), output);
            long result = rounds.get("result" + count)[AllocationProbe.ROUNDS - 1];
            assertTrue(result > 0, output);
            assertAllocates(result, rounds.get("model" + count), output);
        }
    }

    private static Map<String, long[]> parsed(String output) {
        Map<String, long[]> rounds = new HashMap<>();
        output.lines().forEach(line -> {
            String[] words = line.replaceAll("[\\[,\\]]", "").split(" ");
            rounds.put(words[0], Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray());
        });
        return rounds;
    }

    private static void assertAllocates(long bytesOfRound, long[] rounds, String output) {
        long more = Arrays.stream(rounds).map(bytes -> bytes - bytesOfRound).filter(bytes -> bytes != 0).count();
        assertTrue(more <= AllocationProbe.ROUNDS / 2, output);
        long total = Arrays.stream(rounds).sum() - AllocationProbe.ROUNDS * bytesOfRound;
        assertTrue(total >= 0 && total <= MOST_BYTES_OF_CONSTANTS, output);
    }

    @Test
    void theSpecsUseEveryOperator() {
        Set<Class<?>> unused = new LinkedHashSet<>(operators(KernelOp.class).toList());
        Set<Activation.Kind> unusedActivations = EnumSet.complementOf(EnumSet.of(Activation.Kind.IDENTITY));
        for (KernelSpec spec : KernelSpec.values()) {
            for (Node node : spec.graph().nodes()) {
                unused.remove(node.op().getClass());
                if (node.op() instanceof Activate(Activation activation)) {
                    unusedActivations.remove(activation.kind());
                }
            }
        }
        assertEquals(Set.of(), unused);
        assertEquals(Set.of(), unusedActivations);
    }

    private static Stream<Class<?>> operators(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(AllocationTest::operators)
                : Stream.of(type);
    }
}
