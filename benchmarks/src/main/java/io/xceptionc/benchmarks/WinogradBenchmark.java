package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** Convolutions in squares, by minimal filtering: the stem's second one. */
public class WinogradBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layer, and of one with few channels. */
    @Param({"149x149x32 -> 64", "32x32x16 -> 32"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return "- conv2d: {filters: %d, kernel: 3, bias: false}".formatted(channelsOut);
    }
}
