package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** Patches under a window, and their product: the stem's convolutions. */
public class PatchesBenchmark extends LayerBenchmark {

    /** Sizes of Xception's layers. */
    @Param({"299x299x3 -> 32", "149x149x32 -> 64"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return "- conv2d: {filters: %d, kernel: 3, stride: %d, bias: false}"
                .formatted(channelsOut, shape().channelsIn() == 3 ? 2 : 1);
    }
}
