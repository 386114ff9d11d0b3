package io.xceptionc.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Arenas of which all together refuse one allocation, as when memory runs out; knows which are still open. What a
 * warm-up allocates, which comes at any time, counts only where that is wanted.
 */
final class FaultyMemory implements Supplier<Arena> {

    private final int refused;
    private final boolean countsWarmUp;
    private final List<Arena> arenas = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger allocations = new AtomicInteger();

    /** That refuses allocation number {@code refused}, counted from 1; none if it is 0. */
    FaultyMemory(int refused) {
        this(refused, false);
    }

    FaultyMemory(int refused, boolean countsWarmUp) {
        this.refused = refused;
        this.countsWarmUp = countsWarmUp;
    }

    /** With all threads that a model wants. */
    Grants withThreads() {
        return new Grants(this, Grants.OF_THE_SYSTEM.threads(), Grants.OF_THE_SYSTEM.files());
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // whoever asks for it closes it; that is what is tested
    public Arena get() {
        Arena arena = Arena.ofShared();
        if (!countsWarmUp && Thread.currentThread().getName().startsWith("xceptionc-warm-up-")) {
            return arena;
        }
        arenas.add(arena);
        return new Arena() {
            @Override
            public MemorySegment allocate(long byteSize, long byteAlignment) {
                if (allocations.incrementAndGet() == refused) {
                    throw new OutOfMemoryError("Unable to allocate " + byteSize + " bytes");
                }
                return arena.allocate(byteSize, byteAlignment);
            }

            @Override
            public MemorySegment.Scope scope() {
                return arena.scope();
            }

            @Override
            public void close() {
                arena.close();
            }
        };
    }

    /** How many allocations were asked for. */
    int allocations() {
        return allocations.get();
    }

    /** How many arenas have not been closed. */
    long openArenas() {
        return List.copyOf(arenas).stream().filter(arena -> arena.scope().isAlive()).count();
    }
}
