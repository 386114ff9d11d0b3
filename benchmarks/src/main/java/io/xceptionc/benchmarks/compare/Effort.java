package io.xceptionc.benchmarks.compare;

/**
 * How thoroughly is measured.
 *
 * @param rounds how often engines take turns
 * @param millisecondsPerRound how long each of them runs then
 * @param warmUpMilliseconds how long each runs before that
 * @param processes how many fresh processes of an engine, or of the compiler, are started
 */
record Effort(int rounds, int millisecondsPerRound, int warmUpMilliseconds, int processes) {

    /** For figures to publish. */
    static final Effort FULL = new Effort(12, 500, 2_000, 5);
    /** For a look between two changes. */
    static final Effort QUICK = new Effort(3, 300, 500, 1);
}
