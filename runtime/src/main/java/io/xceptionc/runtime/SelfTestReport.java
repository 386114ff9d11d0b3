package io.xceptionc.runtime;

import java.util.Optional;

/**
 * How a model did in its self-test on this machine.
 *
 * @param error the greatest error of any step that was looked at, as a part of the scale of what the step yields
 * @param tolerance the greatest error that float32 explains
 * @param worstStep the step with the greatest error
 * @param firstDeparture the first step whose error is above the tolerance
 * @param vectorBits the width of the vectors
 * @param threads how many threads a run used
 * @param compiledByC2 whether HotSpot's C2 has compiled all loops over vectors; if not, it was the interpreter or C1
 *        that was tested
 * @param runs how often the model was run
 * @param deviatingRuns how many of the runs had not the first run's result to the bit
 */
public record SelfTestReport(
        double error,
        double tolerance,
        String worstStep,
        Optional<String> firstDeparture,
        int vectorBits,
        int threads,
        boolean compiledByC2,
        int runs,
        int deviatingRuns) {

    /** Whether the model computes here what it should, in every run. */
    public boolean passed() {
        return error <= tolerance && deviatingRuns == 0;
    }
}
