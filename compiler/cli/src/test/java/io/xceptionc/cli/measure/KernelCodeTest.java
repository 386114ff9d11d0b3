package io.xceptionc.cli.measure;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.TinyModel;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KernelCodeTest {

    @Test
    void methodsThatStepsCallAndThoseThatTheseCall() throws Exception {
        try (CompiledModel model = CompiledModel.open(TinyModel.jar(1))) {
            KernelCode code = KernelCode.of(TinyModel.jar(1), model);
            Set<String> shared = model.sharedKernels().stream().map(SharedKernel::label).collect(Collectors.toSet());
            List<String> called = model.steps().stream().map(ModelStep::kernels).flatMap(List::stream)
                    .filter(kernel -> !shared.contains(kernel)).toList();
            Set<String> callees = new HashSet<>();
            code.methods().values().forEach(method -> callees.addAll(method.callees()));
            Set<String> all = new HashSet<>(called);
            all.addAll(callees);
            assertAll(() -> assertEquals("xceptionc.model.tiny.TinyKernels" + model.vectorBits(), code.className()),
                    () -> assertFalse(called.isEmpty()),
                    () -> assertEquals(all, code.methods().keySet()),
                    () -> assertFalse(callees.isEmpty()),
                    () -> assertTrue(code.methods().values().stream().allMatch(method -> method.bytes() > 0)),
                    () -> assertTrue(code.methods().values().stream().anyMatch(KernelCode.Method::hasVectors)),
                    () -> assertFalse(code.methods().containsKey("vectorBits")));
        }
    }

    @Test
    void loopsThatTheModelSharesWithOthers() throws Exception {
        try (CompiledModel model = CompiledModel.open(TinyModel.jar(1))) {
            List<KernelCode> all = KernelCode.allOf(TinyModel.jar(1), model);
            assertEquals(KernelCode.of(TinyModel.jar(1), model), all.getFirst());
            Map<String, Set<String>> loops = new HashMap<>();
            all.subList(1, all.size()).forEach(code -> loops.put(code.className(), code.methods().keySet()));
            String folder = "io.xceptionc.runtime.kernel.shared.";
            assertEquals(Map.of(folder + "BorderKernel", Set.of("clear"), folder + "WindowKernel", Set.of("avgWindow"),
                    folder + "SoftmaxKernel", Set.of("exponentials", "quotients")), loops);
        }
    }
}
