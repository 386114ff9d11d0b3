package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** Depthwise and pointwise convolutions in one step, rectified before. */
public class SeparableBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layers. */
    @Param({"19x19x728 -> 728", "10x10x1536 -> 2048", "147x147x64 -> 128"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return """
                - relu
                - separable_conv2d: {filters: %d, kernel: 3, padding: same, bias: false}
                """.formatted(channelsOut);
    }
}
