package io.xceptionc.compiler.weights.bind;

import java.util.Locale;

/** By what a tensor of a file was found to be that of a layer. */
public enum MatchedBy {
    /** Its name, or a name that is known to mean the same. */
    NAME,
    /** The name that a pattern of the spec gives it. */
    RENAME,
    /** Its layer's place among those of the file, and its shape. */
    ORDER;

    /** A word for reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
