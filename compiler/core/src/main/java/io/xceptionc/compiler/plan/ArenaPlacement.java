package io.xceptionc.compiler.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Finds places in the arena: buffers are taken in some order, each goes to the lowest place that is free during its
 * life.
 */
enum ArenaPlacement {
    /** The largest first. */
    BY_SIZE,
    /** Those first that take most memory for most of the time. */
    BY_VOLUME,
    /** Those that live longest first. */
    BY_LIFETIME,
    /** As they are needed. */
    BY_START;

    private Comparator<Buffer> order() {
        Comparator<Buffer> order = switch (this) {
            case BY_SIZE -> Comparator.comparingLong(Buffer::bytes).reversed();
            case BY_VOLUME ->
                    Comparator.comparingLong((Buffer buffer) -> buffer.bytes() * buffer.lifetime().length()).reversed();
            case BY_LIFETIME -> Comparator.comparingInt((Buffer buffer) -> buffer.lifetime().length()).reversed();
            case BY_START -> Comparator.comparingInt(buffer -> buffer.lifetime().first());
        };
        return order.thenComparing(Comparator.comparingLong(Buffer::bytes).reversed())
                .thenComparing(buffer -> buffer.values().getFirst().name());
    }

    /** The best that any order yields; the first of several equally good ones. */
    static List<Buffer> best(List<Buffer> buffers) {
        return List.of(values()).stream().map(placement -> placement.place(buffers))
                .min(Comparator.comparingLong(ArenaPlacement::peak)).orElseThrow();
    }

    static long peak(List<Buffer> placed) {
        return placed.stream().mapToLong(buffer -> buffer.byteOffset() + buffer.bytes()).max().orElse(0);
    }

    private List<Buffer> place(List<Buffer> buffers) {
        List<Buffer> placed = new ArrayList<>();
        buffers.stream().sorted(order()).forEach(buffer -> insert(atLowestFree(buffer, placed), placed));
        return placed;
    }

    private static Buffer atLowestFree(Buffer buffer, List<Buffer> placedByOffset) {
        long candidate = 0;
        for (Buffer rival : placedByOffset) {
            if (candidate + buffer.bytes() <= rival.byteOffset()) {
                break;
            }
            if (rival.lifetime().overlaps(buffer.lifetime())) {
                candidate = Math.max(candidate, rival.byteOffset() + rival.bytes());
            }
        }
        return new Buffer(buffer.values(), buffer.lifetime(), buffer.bytes(), candidate);
    }

    private static void insert(Buffer buffer, List<Buffer> placedByOffset) {
        int place = Collections.binarySearch(placedByOffset, buffer, Comparator.comparingLong(Buffer::byteOffset));
        placedByOffset.add(place < 0 ? -place - 1 : place, buffer);
    }
}
