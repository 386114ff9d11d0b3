package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** Products of rows with panels of weights: pointwise convolutions. */
public class ProductBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layers. */
    @Param({"19x19x728 -> 728", "10x10x1536 -> 2048", "74x74x128 -> 128"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return "- conv2d: {filters: %d, kernel: 1, bias: false}".formatted(channelsOut);
    }
}
