package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.testing.FuzzedFile;

/** Fuzzes the reader of the JSON in which Keras describes a model. */
public final class KerasConfigFuzz {

    private KerasConfigFuzz() {}

    /** Reads bytes as such a text. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(input, file -> KerasConfig.of(file, Json.parse(file, "config", input)).epsilons());
    }
}
