package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** The mean of each channel. */
public class GlobalPoolBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layers. */
    @Param({"10x10x2048 -> 2048"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return "- global_avg_pool2d";
    }
}
