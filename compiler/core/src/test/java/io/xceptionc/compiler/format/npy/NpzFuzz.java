package io.xceptionc.compiler.format.npy;

import io.xceptionc.compiler.testing.FuzzedFile;
import java.io.IOException;
import java.util.List;

/** Fuzzes the reader of {@code .npz} files. */
public final class NpzFuzz {

    private NpzFuzz() {}

    /** Reads bytes as such a file, and every array of it. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try (NpzFile file = NpzFile.open(FuzzedFile.onDisk(input))) {
            for (String name : file.names()) {
                read(file, name);
            }
        } catch (ArrayFileException refused) {
            FuzzedFile.requireWords(refused.getMessage(), refused);
        }
    }

    private static void read(NpzFile file, String name) throws IOException {
        try {
            file.read(name, List.of(2, 3));
        } catch (ArrayFileException refused) {
            FuzzedFile.requireWords(refused.getMessage(), refused);
        }
    }
}
