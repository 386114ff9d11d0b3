package io.xceptionc.cli;

import io.xceptionc.cli.file.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file on disk for fuzz targets; the same one for all inputs of a process. */
public final class FuzzedPath {

    private static final Path FILE = create();

    private FuzzedPath() {}

    private static Path create() {
        try {
            Path file = Files.createTempFile("fuzzed", null);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with other bytes. */
    public static Path with(byte[] bytes) {
        try {
            return Files.write(FILE, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requires that a refusal says why, in printable characters. */
    public static void requireWords(InputException refused) {
        String words = refused.getMessage();
        if (words == null || words.isBlank() || words.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("no line of words: " + words, refused);
        }
    }
}
