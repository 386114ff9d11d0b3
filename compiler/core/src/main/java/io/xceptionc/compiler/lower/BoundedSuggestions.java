package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds what was probably meant, but not so often and among so many names that it would take long. */
final class BoundedSuggestions {

    private static final int MOST_CANDIDATES = 500;
    private static final int MOST_SUGGESTIONS = 100;

    private int count;

    /** {@code did you mean 'x'?}, or else the given sentence. */
    String didYouMean(String name, Collection<String> candidates, String otherwise) {
        return nearest(name, candidates).map(near -> "did you mean '" + near + "'?").orElse(otherwise);
    }

    /** The candidate nearest to a name, if near enough. */
    Optional<String> nearest(String name, Collection<String> candidates) {
        if (++count > MOST_SUGGESTIONS) {
            return Optional.empty();
        }
        List<String> first = candidates.stream().limit(MOST_CANDIDATES).toList();
        return Suggestions.nearest(name, first);
    }
}
