package io.xceptionc.benchmarks.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerShapeTest {

    @Test
    void readsASize() {
        assertEquals(new LayerShape(19, 20, 728, 1024), LayerShape.parse("19x20x728 -> 1024"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "19x19 -> 728", "19x19x728", "19x19x728->728", "-1x19x728 -> 728"})
    void refusesWhatIsNoSize(String text) {
        assertThrows(IllegalArgumentException.class, () -> LayerShape.parse(text));
    }

    @Test
    void writesASpec(@TempDir Path folder) throws IOException {
        Path spec = folder.resolve("spec.yaml");
        new LayerShape(4, 5, 6, 7).workload("- relu\n- conv2d: {filters: 7, kernel: 1}", spec);
        assertEquals("""
                model: layer
                input: {shape: [4, 5, 6]}
                layers:
                  - relu
                  - conv2d: {filters: 7, kernel: 1}
                """, Files.readString(spec));
    }
}
