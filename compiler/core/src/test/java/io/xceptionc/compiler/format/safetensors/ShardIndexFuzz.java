package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.testing.FuzzedFile;

/** Fuzzes the reader of the index that lists shards of safetensors. */
public final class ShardIndexFuzz {

    private ShardIndexFuzz() {}

    /** Reads bytes as such a file. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(input, ShardIndex::read);
    }
}
