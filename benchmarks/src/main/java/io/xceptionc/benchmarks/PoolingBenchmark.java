package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** Maxima under a window. */
public class PoolingBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layers. */
    @Param({"147x147x128 -> 128", "37x37x728 -> 728"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return "- max_pool2d: {kernel: 3, stride: 2, padding: same}";
    }
}
