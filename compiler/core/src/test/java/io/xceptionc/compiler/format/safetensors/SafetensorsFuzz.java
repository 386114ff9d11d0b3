package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.testing.FuzzedFile;

/** Fuzzes the reader of safetensors. */
public final class SafetensorsFuzz {

    private SafetensorsFuzz() {}

    /** Reads bytes as such a file. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(input, file -> FuzzedFile.readTensors(SafetensorsFile.open(file)));
    }
}
