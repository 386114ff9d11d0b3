package io.xceptionc.benchmarks.compare;

/**
 * How thoroughly is measured.
 *
 * @param contests how often engines compete for the headline, each time in fresh processes: the memory that a process
 *        happens to get makes it a per cent or two faster or slower
 * @param contestsBeside how often they compete on each of the other networks
 * @param rounds how often they take turns in a contest
 * @param millisecondsPerRound how long each of them runs then
 * @param warmUpMilliseconds how long each runs before that
 * @param processes how many fresh processes of an engine, or of the compiler, are started
 */
record Effort(
        int contests,
        int contestsBeside,
        int rounds,
        int millisecondsPerRound,
        int warmUpMilliseconds,
        int processes) {

    /** For figures to publish. */
    static final Effort FULL = new Effort(5, 2, 6, 500, 1_500, 5);
    /** For a look between two changes. */
    static final Effort QUICK = new Effort(1, 1, 3, 300, 500, 1);
    /** For single layers, whose runs are short. */
    static final Effort LAYERS = new Effort(1, 1, 6, 200, 1_000, 1);
    /** For a look at single layers. */
    static final Effort QUICK_LAYERS = new Effort(1, 1, 3, 80, 400, 1);
}
