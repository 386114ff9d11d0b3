package io.xceptionc.runtime;

/** What an array holds that a model is given. */
public enum ArrayValues {
    /** What the spec says; the network's input where it says nothing, as in models compiled before it could. */
    AS_COMPILED,

    /**
     * Values as they are before the model's scaling; of a model whose arrays are not scaled, those of a picture, 0 to
     * 255.
     */
    RAW,

    /** The network's input as it is, behind any scaling. */
    SCALED
}
