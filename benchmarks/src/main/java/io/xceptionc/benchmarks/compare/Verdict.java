package io.xceptionc.benchmarks.compare;

/** How a figure stands to its target. */
enum Verdict {
    /** As good as was hoped for. */
    REACHED("aim reached"),
    /** As good as it must be. */
    HELD("must held"),
    /** Not as good as it must be. */
    MISSED("**MISSED**"),
    /** This machine does not tell. */
    UNKNOWN("not measured");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
