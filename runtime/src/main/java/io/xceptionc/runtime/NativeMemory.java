package io.xceptionc.runtime;

import java.lang.foreign.Arena;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens what lives in an arena of its own, so that nothing stays allocated if that fails. */
final class NativeMemory {

    private NativeMemory() {}

    /**
     * Opens something in a new arena, which it owns from then on.
     *
     * @param what is opened, for the message
     * @param bytes how much memory it takes
     * @throws ModelException if there is too little memory
     */
    static <T> T open(Supplier<Arena> arenas, String what, long bytes, Function<Arena, T> opening) {
        Arena arena = arenas.get();
        boolean opened = false;
        try {
            T result = opening.apply(arena);
            opened = true;
            return result;
        } catch (OutOfMemoryError refused) {
            throw new ModelException(what + " takes " + bytes + " bytes of memory, more than there is ("
                    + refused.getMessage()
                    + "); close models and sessions that are not in use, or give the process more",
                    refused);
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }
}
