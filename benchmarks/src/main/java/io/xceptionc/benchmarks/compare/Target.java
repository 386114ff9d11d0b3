package io.xceptionc.benchmarks.compare;

import java.util.OptionalDouble;

/**
 * What a figure has to reach.
 *
 * @param direction which side of it is good
 * @param must what is asked for
 * @param aim what is hoped for
 */
record Target(Direction direction, double must, OptionalDouble aim) {

    /** Which side is good. */
    enum Direction {
        AT_MOST("≤"), AT_LEAST("≥");

        private final String symbol;

        Direction(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        private boolean holds(double measured, double bound) {
            return this == AT_MOST ? measured <= bound : measured >= bound;
        }
    }

    static Target atMost(double must, double aim) {
        return new Target(Direction.AT_MOST, must, OptionalDouble.of(aim));
    }

    static Target atLeast(double must, double aim) {
        return new Target(Direction.AT_LEAST, must, OptionalDouble.of(aim));
    }

    /** Nothing at all, which leaves nothing more to hope for. */
    static Target none() {
        return new Target(Direction.AT_MOST, 0, OptionalDouble.empty());
    }

    /** How a measured value stands to it; one that is no number is missed. */
    Verdict judge(double measured) {
        if (!direction.holds(measured, must)) {
            return Verdict.MISSED;
        }
        return aim.isEmpty() || direction.holds(measured, aim.getAsDouble()) ? Verdict.REACHED : Verdict.HELD;
    }
}
