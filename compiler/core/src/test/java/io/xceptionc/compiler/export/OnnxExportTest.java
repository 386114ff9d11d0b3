package io.xceptionc.compiler.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.testing.SpecText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The limits of ONNX files; that ONNX Runtime answers from such files as compiled models do, the examples' tests show.
 */
class OnnxExportTest {

    /** Six layers with weights of 100 million numbers each; asking for their values would fail. */
    private static Graph hugeGraph(String weights) {
        return SpecText.of("""
                model: huge
                input: {shape: [100, 100, 1]}
                layers:
                  - flatten
                  - repeat: 6
                    weights: %s
                    layers: [{dense: {units: 10000, bias: false}}]
                """.formatted(weights)).valid().graph();
    }

    @Test
    void moreThanSuchAFileCanHoldIsRefusedBeforeAnyWeightIsRead() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        IOException refusal =
                assertThrows(IOException.class, () -> OnnxExport.write(hugeGraph("fresh"), 1, stream));
        assertEquals("network 'huge' has weights of 2,288 MiB; an ONNX file holds less than 2,048 MiB",
                refusal.getMessage());
        assertEquals(0, stream.size());
    }

    @Test
    void sharedWeightsCountOnce() {
        IllegalStateException valueless = assertThrows(IllegalStateException.class,
                () -> OnnxExport.write(hugeGraph("shared"), 1, new ByteArrayOutputStream()));
        assertEquals("tensor 'dense/kernel' has no values: no weights were bound", valueless.getMessage());
    }
}
