package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** Depthwise convolutions, nothing multiplied after them. */
public class DepthwiseBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layers. */
    @Param({"19x19x728 -> 728", "74x74x128 -> 128", "147x147x64 -> 64"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return "- depthwise_conv2d: {kernel: 3, padding: same, bias: false}";
    }
}
