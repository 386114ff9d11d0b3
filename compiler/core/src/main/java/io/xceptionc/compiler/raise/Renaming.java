package io.xceptionc.compiler.raise;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** New names for layers. */
final class Renaming {

    private final Predicate<String> isFree;
    private final Map<String, String> newNames = new HashMap<>();
    private final Map<String, String> oldNames = new HashMap<>();

    /** None yet; given whether no layer was called so before. */
    Renaming(Predicate<String> isFree) {
        this.isFree = isFree;
    }

    /** What a layer is called now. */
    String newName(String oldName) {
        return newNames.getOrDefault(oldName, oldName);
    }

    /** Whether a name was never a layer's and is none now. */
    boolean isFree(String name) {
        return isFree.test(name) && !oldNames.containsKey(name);
    }

    /** Calls a layer something else. */
    void rename(String name, String next) {
        String oldName = oldNames.getOrDefault(name, name);
        oldNames.remove(name);
        oldNames.put(next, oldName);
        newNames.put(oldName, next);
    }
}
