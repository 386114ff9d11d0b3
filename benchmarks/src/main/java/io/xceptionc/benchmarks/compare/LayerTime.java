package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.workload.SingleLayer;
import java.util.Map;

/**
 * How long a layer takes.
 *
 * @param layer which
 * @param microseconds of a run, for each engine
 */
record LayerTime(SingleLayer layer, Map<EngineKind, Double> microseconds) {

    /** What the time of xceptionc may be at most, over that of ONNX Runtime. */
    static final double MUST = 1.25;

    LayerTime {
        microseconds = Map.copyOf(microseconds);
    }

    /** The time of xceptionc over that of ONNX Runtime. */
    double ratio() {
        return microseconds.get(EngineKind.XCEPTIONC) / microseconds.get(EngineKind.ONNX_RUNTIME);
    }

    boolean passes() {
        return ratio() <= MUST;
    }
}
