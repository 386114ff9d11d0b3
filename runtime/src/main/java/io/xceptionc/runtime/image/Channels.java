package io.xceptionc.runtime.image;

/** Which values stand, in which order, in the last dimension of a network's input. */
public enum Channels {
    /** Red, green, blue. */
    RGB(3),

    /** Blue, green, red: the order of Caffe's networks. */
    BGR(3),

    /**
     * One value, the luma of ITU-R 601-2: {@code (19595 r + 38470 g + 7471 b + 32768) >> 16}, as Pillow's
     * {@code convert("L")} computes it. The picture becomes grey before it is resized.
     */
    GREY(1);

    private final int count;

    Channels(int count) {
        this.count = count;
    }

    /** Returns the size of the last dimension, 3 or 1. */
    public int count() {
        return count;
    }
}
