package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** A fully connected layer on a vector. */
public class DenseBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layers. */
    @Param({"1x1x2048 -> 1000"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return """
                - flatten
                - dense: {units: %d}
                """.formatted(channelsOut);
    }
}
