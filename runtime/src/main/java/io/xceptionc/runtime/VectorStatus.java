package io.xceptionc.runtime;

/**
 * How the kernels of a model run on this machine.
 *
 * @param bits the width of the vectors that they use
 * @param machineBits the widest vectors that this machine has, as this JVM uses them
 * @param loops how many loops over vectors they consist of
 * @param state how far HotSpot has got with these
 * @param reason why they are slow; empty if they are not
 */
public record VectorStatus(int bits, int machineBits, int loops, State state, String reason) {

    /** How far HotSpot has got with the kernels. */
    public enum State {
        /** The warm-up is under way. */
        WARMING_UP,
        /** C2 has compiled every loop: runs are as fast as they get. */
        COMPILED,
        /** Not all loops are compiled by C2, and results come much later. */
        SLOW
    }

    @Override
    public String toString() {
        return loops + " loops with vectors of " + bits + " bits, " + switch (state) {
            case WARMING_UP -> "warming up";
            case COMPILED -> "compiled by C2";
            case SLOW -> "slow: " + reason;
        };
    }
}
