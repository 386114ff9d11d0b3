package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.Suggestions;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the tensor that was probably meant, in bounded time however many and long the names are. */
final class NearestNames {

    /** Comparisons of letters in all. */
    private static final long MOST_WORK = 30_000_000;

    /** What names end with in files of all conventions. */
    private static final Set<String> ROLES = roles();

    private final List<String> candidates;
    private long work;

    private static Set<String> roles() {
        Set<String> roles = new HashSet<>();
        for (NamingConvention convention : NamingConvention.values()) {
            for (TensorRole role : TensorRole.values()) {
                roles.add(last(convention.tensorName("layer", role)));
            }
        }
        return Set.copyOf(roles);
    }

    NearestNames(Collection<String> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    /** {@code did you mean 'x'?}, or else the given sentence. */
    String didYouMean(String name, String otherwise) {
        return nearest(name).map(candidate -> "did you mean " + Quotation.of(candidate) + "?").orElse(otherwise);
    }

    /** The candidate that differs by what stands before it, such as {@code model.}, or else by a few letters. */
    Optional<String> nearest(String name) {
        work += (long) candidates.size() * name.length();
        if (work > MOST_WORK) {
            return Optional.empty();
        }
        return candidates.stream().filter(candidate -> isPrefixed(candidate, name) || isPrefixed(name, candidate))
                .findFirst()
                .or(() -> nearestByLetters(name));
    }

    private Optional<String> nearestByLetters(String name) {
        List<String> comparable = candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= name.length() / 3)
                .filter(candidate -> isOfOneRole(candidate, name)).toList();
        work += comparable.stream().mapToLong(candidate -> (long) candidate.length() * name.length()).sum();
        return work > MOST_WORK ? Optional.empty() : Suggestions.nearest(name, comparable);
    }

    /** A beta is never meant by a gamma, however many letters are the same. */
    private static boolean isOfOneRole(String candidate, String name) {
        String role = last(name);
        String other = last(candidate);
        return role.equals(other) || !ROLES.contains(role) || !ROLES.contains(other);
    }

    private static String last(String name) {
        String plain = name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
        return plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('.')) + 1);
    }

    private static boolean isPrefixed(String longer, String shorter) {
        int prefixLength = longer.length() - shorter.length();
        return prefixLength > 0 && longer.endsWith(shorter) && "./".indexOf(longer.charAt(prefixLength - 1)) >= 0;
    }
}
