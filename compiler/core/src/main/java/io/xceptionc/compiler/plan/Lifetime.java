package io.xceptionc.compiler.plan;

/**
 * The steps during which a buffer holds something.
 *
 * @param first the step that writes it first
 * @param last the step that reads it last
 */
public record Lifetime(int first, int last) {

    public Lifetime {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("no lifetime: " + first + " to " + last);
        }
    }

    /** Whether there is a step during which both live. */
    public boolean overlaps(Lifetime other) {
        return first <= other.last && other.first <= last;
    }

    /** The lifetime that covers both. */
    public Lifetime union(Lifetime other) {
        return new Lifetime(Math.min(first, other.first), Math.max(last, other.last));
    }

    /** The number of steps. */
    public int length() {
        return last - first + 1;
    }
}
