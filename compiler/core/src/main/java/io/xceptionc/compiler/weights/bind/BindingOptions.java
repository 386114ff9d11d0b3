package io.xceptionc.compiler.weights.bind;

import java.util.Objects;
import java.util.Optional;

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
}
