package io.xceptionc.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Arenas of which all together refuse one allocation, as when memory runs out; knows which are still open. */
final class FaultyMemory implements Supplier<Arena> {

    private final int refused;
    private final List<Arena> arenas = new ArrayList<>();
    private int allocations;

    /** That refuses allocation number {@code refused}, counted from 1; none if it is 0. */
    FaultyMemory(int refused) {
        this.refused = refused;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // whoever asks for it closes it; that is what is tested
    public Arena get() {
        Arena arena = Arena.ofShared();
        arenas.add(arena);
        return new Arena() {
            @Override
            public MemorySegment allocate(long byteSize, long byteAlignment) {
                allocations++;
                if (allocations == refused) {
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
        return allocations;
    }

    /** How many arenas have not been closed. */
    long openArenas() {
        return arenas.stream().filter(arena -> arena.scope().isAlive()).count();
    }
}
