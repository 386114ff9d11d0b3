package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the user says about a weights file.
 *
 * @param profile where it was trained; told from the file if absent
 * @param matching how its tensors find their layers
 */
public record BindingOptions(Optional<Profile> profile, Matching matching) {

    /** Nothing said. */
    public static final BindingOptions AUTO = new BindingOptions(Optional.empty(), Matching.AUTO);

    public BindingOptions {
        Objects.requireNonNull(profile);
        Objects.requireNonNull(matching);
    }

    /**
     * What words say.
     *
     * @param profile {@code keras}, {@code pytorch}, {@code timm} or {@code auto}
     * @param match {@code auto}, {@code name} or {@code order}
     * @throws IllegalArgumentException if a word is none of these; the message says so
     */
    public static BindingOptions of(String profile, String match) {
        Map<String, Optional<Profile>> profiles = new LinkedHashMap<>();
        Stream.of(Profile.values()).forEach(each -> profiles.put(each.label(), Optional.of(each)));
        profiles.put(Matching.AUTO.label(), Optional.empty());
        Map<String, Matching> matches = new LinkedHashMap<>();
        Stream.of(Matching.values()).forEach(each -> matches.put(each.label(), each));
        return new BindingOptions(meaning("profile", profile, profiles), meaning("match", match, matches));
    }

    private static <T> T meaning(String name, String word, Map<String, T> meanings) {
        T meaning = meanings.get(word);
        if (meaning == null) {
            throw new IllegalArgumentException(
                    name + " is " + String.join(" or ", meanings.keySet()) + ", not " + Quotation.of(word));
        }
        return meaning;
    }
}
