package io.xceptionc.benchmarks.compare;

import java.util.OptionalDouble;

/**
 * A measured number with its target.
 *
 * @param name what it is
 * @param target what it has to reach
 * @param unit of the number
 * @param measured the number; absent where the machine does not tell
 * @param parts what it was computed from, for people
 */
record Figure(String name, Target target, Unit unit, OptionalDouble measured, String parts) {

    Verdict verdict() {
        return measured.isPresent() ? target.judge(measured.getAsDouble()) : Verdict.UNKNOWN;
    }
}
