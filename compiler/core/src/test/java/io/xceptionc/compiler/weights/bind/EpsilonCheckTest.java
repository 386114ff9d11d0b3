package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpsilonCheckTest {

    private static final String LAYERS = """
            - batch_norm: {name: a, epsilon: 1e-3}
            - batch_norm: {name: b}
            - repeat: 2
              weights: shared
              layers: [batch_norm: {name: c}]
            """;

    private final Diagnostics diagnostics = new Diagnostics();

    private List<String> assumptions(String convention, FileOf file, Profile... given) {
        return Bound.of(convention, LAYERS, file, Optional.empty(), Optional.of(given).filter(each -> each.length > 0)
                .map(each -> each[0]), diagnostics).report().assumptions();
    }

    private void assertReported(String expected) {
        assertEquals(expected, HandmadeSafetensors.text(diagnostics.sorted()));
    }

    private static FileOf file(String format) {
        FileOf file = FileOf.format(format);
        List.of("a", "b", "c").forEach(layer -> file.addPyTorchNorm(layer, 2));
        return file;
    }

    private static FileOf kerasFile(Map<String, Double> epsilons) {
        FileOf file = FileOf.format(FileOf.KERAS);
        List.of("a", "b", "c").forEach(layer -> file.addKerasNorm(layer, 2));
        file.epsilons().putAll(epsilons);
        return file;
    }

    @Test
    void theSpecKnowsBetterThanWhatIsUsual() {
        assertEquals(List.of("kernels lie as OIHW, transposed", "epsilon 0.001 and 1e-5 as the spec says"),
                assumptions("pytorch", file(FileOf.PYTORCH)));
        assertReported("");
    }

    @Test
    void ofAFileFromElsewhereTheUsualIsCompared() {
        assumptions("keras", file(FileOf.PYTORCH));
        assertReported(
                "net.yaml:5:3: warning[W302]: 4 batch norms have the epsilon 0.001, but weights of pytorch are mostly "
                        + "trained with 1e-5: 'a', 'b', 'c' and 1 more (write epsilon: 1e-5 in the spec if these were)");
    }

    @Test
    void ofAFileThatTheUserNamesToo() {
        assumptions("pytorch", file(FileOf.PYTORCH), Profile.TIMM);
        assertReported(
                "net.yaml:6:3: warning[W302]: 3 batch norms have the epsilon 1e-5, but weights of timm are mostly "
                        + "trained with 0.001: 'b', 'c', 'c@2' (write epsilon: 0.001 in the spec if these were)");
    }

    @Test
    void whatTheFileSaysCountsAlways() {
        assertEquals(List.of("kernels lie as HWIO", "epsilon 0.001 as the spec says"),
                assumptions("keras", kerasFile(Map.of("a", 1e-3f * 1.0, "c", 1.1e-5))));
        assertReported(
                "net.yaml:9:12: warning[W302]: 2 batch norms have the epsilon 0.001, but w.file says 1.1e-5: 'c', 'c@2' "
                        + "(write epsilon: 1.1e-5 in the spec)");
    }

    @Test
    void ifTheFileSaysTheSameForAllItIsNoAssumption() {
        double rounded = 0.001f;
        assertEquals(List.of("kernels lie as HWIO", "epsilon 0.001 as the file says"),
                assumptions("keras", kerasFile(Map.of("a", rounded, "b", rounded, "c", rounded))));
        assertReported("");
    }
}
