package io.xceptionc.cli.measure;

import static io.xceptionc.cli.measure.KernelMethod.State.C1;
import static io.xceptionc.cli.measure.KernelMethod.State.C2;
import static io.xceptionc.cli.measure.KernelMethod.State.INLINED;
import static io.xceptionc.cli.measure.KernelMethod.State.INTERPRETED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import javax.management.JMException;
import org.junit.jupiter.api.Test;

class CodeListTest {

    private static KernelCode kernels(SequencedMap<String, KernelCode.Method> methods) {
        return new KernelCode("m.NetKernels512", methods);
    }

    private static List<String> states(String codeList, SequencedMap<String, KernelCode.Method> methods) {
        return new CodeList(codeList).statesOf(kernels(methods)).stream()
                .map(method -> method.name() + " " + method.state()).toList();
    }

    @Test
    void byTheHighestTierThatMayBeEntered() {
        SequencedMap<String, KernelCode.Method> methods = new LinkedHashMap<>();
        for (String name : List.of("multiply", "pool", "dense", "stale", "never")) {
            methods.put(name, new KernelCode.Method(1000, Set.of(), true));
        }
        assertEquals(List.of("multiply " + C2, "pool " + C1, "dense " + C2, "stale " + INTERPRETED,
                "never " + INTERPRETED), states("""
                        12 4 0 m.NetKernels512.multiply(Lio/xceptionc/runtime/kernel/Frame;II)V [0x00, 0x01 - 0x02]
                        13 2 0 m.NetKernels512.pool(II)V [0x00, 0x01 - 0x02]
                        1400 3 0 m.NetKernels512.dense(II)V [0x00, 0x01 - 0x02]
                        1500 4 0 m.NetKernels512.dense(II)V [0x00, 0x01 - 0x02]
                        16 4 1 m.NetKernels512.stale(II)V [0x00, 0x01 - 0x02]
                        17 4 0 m.NetKernels256.never(II)V [0x00, 0x01 - 0x02]
                        18 4 0 other.m.NetKernels512.never(II)V [0x00, 0x01 - 0x02]
                        """, methods));
    }

    @Test
    void shortMethodsArePartsOfTheirCallers() {
        SequencedMap<String, KernelCode.Method> methods = new LinkedHashMap<>();
        methods.put("fast", new KernelCode.Method(1000, Set.of("small", "large"), true));
        methods.put("small", new KernelCode.Method(325, Set.of("smaller"), true));
        methods.put("smaller", new KernelCode.Method(10, Set.of(), true));
        methods.put("large", new KernelCode.Method(326, Set.of(), true));
        methods.put("slow", new KernelCode.Method(1000, Set.of("ofSlow"), true));
        methods.put("ofSlow", new KernelCode.Method(10, Set.of(), true));
        assertEquals(List.of("fast " + C2, "small " + INLINED, "smaller " + INLINED, "large " + INTERPRETED,
                "slow " + INTERPRETED, "ofSlow " + INTERPRETED),
                states("1 4 0 m.NetKernels512.fast()V [0x00, 0x01 - 0x02]\n", methods));
    }

    @Test
    void hotSpotTellsOfMethodsThatAreHot() throws JMException {
        for (int i = 0; i < 200_000; i++) {
            hot(i);
        }
        SequencedMap<String, KernelCode.Method> methods = new LinkedHashMap<>();
        methods.put("hot", new KernelCode.Method(1000, Set.of(), true));
        methods.put("cold", new KernelCode.Method(1000, Set.of(), true));
        List<KernelMethod> states =
                CodeList.now().statesOf(new KernelCode(CodeListTest.class.getName(), methods));
        assertTrue(states.getFirst().state() != INTERPRETED, states.toString());
        assertEquals(new KernelMethod("cold", INTERPRETED, true), states.getLast());
    }

    private static long hot(long n) {
        long sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += n ^ i;
        }
        return sum;
    }
}
