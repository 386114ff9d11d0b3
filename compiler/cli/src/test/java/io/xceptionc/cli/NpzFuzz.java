package io.xceptionc.cli;

import io.xceptionc.cli.file.InputException;
import java.io.IOException;
import java.util.List;

/** Fuzzes the reader of {@code .npz} files. */
public final class NpzFuzz {

    private NpzFuzz() {}

    /** Reads bytes as such a file, and every array of it. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try (NpzFile file = NpzFile.open(FuzzedPath.with(input))) {
            for (String name : file.names()) {
                read(file, name);
            }
        } catch (InputException refused) {
            FuzzedPath.requireWords(refused);
        }
    }

    private static void read(NpzFile file, String name) throws IOException {
        try {
            file.read(name, List.of(2, 3));
        } catch (InputException refused) {
            FuzzedPath.requireWords(refused);
        }
    }
}
