package io.xceptionc.cli.measure;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.TinyModel;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelStep;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelCodeTest {

    @Test
    void methodsThatStepsCallAndThoseThatTheseCall() throws Exception {
        try (CompiledModel model = CompiledModel.open(TinyModel.jar(1))) {
            KernelCode code = KernelCode.of(TinyModel.jar(1), model);
            List<String> called = model.steps().stream().map(ModelStep::kernels).flatMap(List::stream).toList();
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
                    () -> assertFalse(code.methods().get("clearBorder").hasVectors()),
                    () -> assertFalse(code.methods().containsKey("vectorBits")));
        }
    }
}
