package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long a network takes for one image, measured in alternating rounds.
 *
 * @param network its name
 * @param threads how many threads a run might use
 * @param milliseconds the median of each engine
 */
record Latency(String network, int threads, Map<EngineKind, Double> milliseconds) {

    Latency {
        milliseconds = Collections.unmodifiableMap(new EnumMap<>(milliseconds));
    }

    double of(EngineKind engine) {
        return milliseconds.get(engine);
    }

    /** The time of xceptionc over that of another. */
    double ratioTo(EngineKind peer) {
        return of(EngineKind.XCEPTIONC) / of(peer);
    }
}
