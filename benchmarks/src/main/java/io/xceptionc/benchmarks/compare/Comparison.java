package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was measured.
 *
 * @param conditions on what machine, when and how
 * @param figures those that have a target
 * @param latencies of all networks
 * @param costs of a whole process, by engine
 * @param notes what the reader should know beside
 */
record Comparison(
        Conditions conditions,
        List<Figure> figures,
        List<Latency> latencies,
        Map<EngineKind, ProcessCost> costs,
        List<String> notes) {

    Comparison {
        figures = List.copyOf(figures);
        latencies = List.copyOf(latencies);
        costs = Collections.unmodifiableMap(new EnumMap<>(costs));
        notes = List.copyOf(notes);
    }

    /** The engines compared, this project first. */
    Set<EngineKind> engines() {
        return costs.keySet();
    }

    /** Whether nothing misses what it must reach. */
    boolean passes() {
        return figures.stream().noneMatch(figure -> figure.verdict() == Verdict.MISSED);
    }
}
