package io.xceptionc.compiler.format.npy;

import io.xceptionc.compiler.testing.FuzzedFile;
import java.io.IOException;

/** Fuzzes the reader of {@code .npy} files. */
public final class NpyFuzz {

    private NpyFuzz() {}

    /** Reads bytes as such a file, and then all its elements. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try (NpyFile file = NpyFile.of(input)) {
            file.elements(file.shape().stream().reduce(1, Math::multiplyExact));
        } catch (ArrayFileException refused) {
            FuzzedFile.requireWords(refused.getMessage(), refused);
        }
    }
}
