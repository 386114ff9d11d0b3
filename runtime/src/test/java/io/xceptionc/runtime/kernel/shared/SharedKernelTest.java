package io.xceptionc.runtime.kernel.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels that models share compute what they say, to the same bits for every width of vectors. */
class SharedKernelTest {

    static Stream<Class<? extends KernelCases>> cases() {
        return Stream.of(ActivationCases.class, BoxCases.class, MergeCases.class, NormCases.class, ResizeCases.class,
                WindowCases.class);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheSameForEveryWidth(Class<? extends KernelCases> cases) throws Exception {
        String narrowest = ForkedJvm.run(SharedKernelProbe.class, List.of(), 128, cases.getName());
        for (int bits = 256; bits <= FloatVector.SPECIES_PREFERRED.vectorBitSize(); bits *= 2) {
            assertEquals(narrowest, ForkedJvm.run(SharedKernelProbe.class, List.of(), bits, cases.getName()));
        }
    }
}
