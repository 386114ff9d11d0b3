package io.xceptionc.compiler.weights.bind;

import java.util.List;
import java.util.Locale;

/** What a tensor is that no layer uses. */
public enum Leftover {
    /** PyTorch's count of the batches that a batch norm has seen; no one misses it. */
    COUNTER("batch counter", false),
    /** What the optimiser remembers; no one misses it. */
    OPTIMISER("optimiser's tensor", false),
    /** Of a head that only helped to train. */
    AUXILIARY("auxiliary head's tensor", false),
    /** Anything else: perhaps one that should have been used. */
    OTHER("unused tensor", true);

    private static final String NUM_BATCHES_TRACKED = "num_batches_tracked";
    private static final List<String> OPTIMISERS =
            List.of("optimizer", "optimizer_weights", "optimizer_state", "optimizer_state_dict");

    private final String label;
    private final boolean remarkable;

    Leftover(String label, boolean remarkable) {
        this.label = label;
        this.remarkable = remarkable;
    }

    /** What a tensor of a file is by its name. */
    static Leftover of(String name) {
        if (name.endsWith(NUM_BATCHES_TRACKED)) {
            return COUNTER;
        }
        int end = 0;
        while (end < name.length() && "./".indexOf(name.charAt(end)) < 0) {
            end++;
        }
        String first = name.substring(0, end).toLowerCase(Locale.ROOT);
        boolean isWhole = end == name.length();
        if (!isWhole && OPTIMISERS.contains(first)) {
            return OPTIMISER;
        }
        return !isWhole && first.startsWith("aux") ? AUXILIARY : OTHER;
    }

    /** A few words for one of them. */
    public String label() {
        return label;
    }

    /** Whether each deserves a warning of its own. */
    boolean isRemarkable() {
        return remarkable;
    }

    /** Whether it can be no layer's. */
    boolean isNoWeight() {
        return this == COUNTER || this == OPTIMISER;
    }
}
