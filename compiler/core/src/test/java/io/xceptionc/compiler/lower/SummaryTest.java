package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.lower.Summary.Layer;
import io.xceptionc.compiler.testing.SpecText;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void countsParametersAndOperations() {
        Summary summary = summary("""
                - conv2d: {name: c, filters: 8, kernel: 3}
                - batch_norm: {name: n}
                - global_avg_pool2d: {name: g}
                - dense: {name: d, units: 10, activation: softmax}
                """);
        assertEquals(List.of(
                new Layer("c", "conv2d", List.of(30, 30, 8), 3 * 3 * 16 * 8 + 8, 30L * 30 * 3 * 3 * 16 * 8, 4),
                new Layer("n", "batch_norm", List.of(30, 30, 8), 32, 0, 5),
                new Layer("g", "global_avg_pool2d", List.of(8), 0, 0, 6),
                new Layer("d", "dense", List.of(10), 90, 80, 7),
                new Layer("d_activation", "softmax", List.of(10), 0, 0, 7)), summary.layers());
        assertEquals("test", summary.model());
        assertEquals(1160 + 32 + 90, summary.parameters());
        assertEquals(1160 + 16 + 90, summary.trainableParameters());
        assertEquals(1036800 + 80, summary.macs());
    }

    @Test
    void sharedWeightsCountOnceAndTheirOperationsEachTime() {
        Summary summary = summary("""
                - repeat: 3
                  weights: shared
                  layers: [conv2d: {name: c, filters: 16, kernel: 1, bias: false}]
                """);
        assertEquals(List.of(256L, 0L, 0L), summary.layers().stream().map(Layer::parameters).toList());
        assertEquals(256, summary.parameters());
        assertEquals(3L * 32 * 32 * 256, summary.macs());
    }

    @Test
    void countsOfAboutTheLargestNetworkAreExact() {
        SpecText spec = SpecText.of("""
                model: m
                input: {shape: [4096, 4096, 16]}
                layers:
                  - repeat: 19000
                    weights: shared
                    layers: [conv2d: {filters: 16, kernel: 256, padding: same, bias: false}]
                """);
        assertEquals(1 << 24, Summary.of(spec.valid()).parameters());
        assertEquals(19_000L << 48, Summary.of(spec.valid()).macs());
    }

    private static Summary summary(String layers) {
        return Summary.of(SpecText.ofLayers(layers).valid());
    }
}
