package io.xceptionc.cli.measure;

/**
 * A method of a model's kernels, and how it runs.
 *
 * @param name the method's name
 * @param state how it runs
 * @param hasVectors whether it computes with vectors itself, and does not just call those that do
 */
public record KernelMethod(String name, State state, boolean hasVectors) {

    /** Whether it computes with vectors that are objects on the heap. */
    public boolean isSlow() {
        return hasVectors && !state.isFast();
    }

    /** How a method runs. */
    public enum State {
        /** As C2 compiled it. */
        C2("C2"),
        /** As a part of methods that C2 compiled. */
        INLINED("C2, inlined"),
        /** As C1 compiled it, without vectors in registers. */
        C1("C1"),
        /** Not compiled. */
        INTERPRETED("interpreter");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** As it is printed. */
        public String label() {
            return label;
        }

        /** Whether it is as fast as it gets. */
        boolean isFast() {
            return this == C2 || this == INLINED;
        }
    }
}
