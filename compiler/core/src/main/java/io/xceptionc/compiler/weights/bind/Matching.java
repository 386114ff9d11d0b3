package io.xceptionc.compiler.weights.bind;

import java.util.Locale;

/** How the tensors of a file find their layers. */
public enum Matching {
    /** By name; where names do not suffice and the file is of a format of Keras, by order and shape. */
    AUTO,
    /** By name only. */
    NAME,
    /** By order and shape; names only help. */
    ORDER;

    /** The word for it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
