package io.xceptionc.benchmarks;

import io.xceptionc.benchmarks.workload.LayerShape;
import org.openjdk.jmh.annotations.Param;

/** Patches under a window that moves by two pixels, and their product: the stem's first convolution. */
public class PatchesBenchmark extends LayerBenchmark {

    /** Sizes of Xception's inputs. */
    @Param({"299x299x3 -> 32", "149x149x32 -> 64"})
    public String shape;

    @Override
    LayerShape shape() {
        return LayerShape.parse(shape);
    }

    @Override
    String layer(int channelsOut) {
        return "- conv2d: {filters: %d, kernel: 3, stride: 2, bias: false}".formatted(channelsOut);
    }
}
