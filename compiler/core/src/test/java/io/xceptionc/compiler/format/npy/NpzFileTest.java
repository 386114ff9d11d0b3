package io.xceptionc.compiler.format.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NpzFileTest {

    private static final Path CORPUS = Path.of("src/test/resources/io/xceptionc/compiler/format/npy/NpzFuzz");

    @Test
    void aDirectoryThatLeadsBeyondTheFileIsTold() {
        Path file = CORPUS.resolve("directory-cut-off");
        ArrayFileException refused = assertThrows(ArrayFileException.class, () -> NpzFile.open(file).close());
        assertEquals(file + " is no .npz file: it ends too early; write it by numpy.savez", refused.getMessage());
    }

    @Test
    void anArrayThatLeadsBeyondTheFileIsTold() throws Exception {
        Path file = CORPUS.resolve("array-behind-the-end");
        assertEquals(file + ": 'b/c' is damaged: it ends too early", refusal(file, "b/c"));
    }

    @Test
    void anArrayWhoseDeflatedBytesEndTooEarlyIsTold() throws Exception {
        Path file = CORPUS.resolve("array-cut-off");
        assertEquals(file + ": 'a' is damaged: Unexpected end of ZLIB input stream", refusal(file, "a"));
    }

    private static String refusal(Path path, String name) throws ArrayFileException, IOException {
        try (NpzFile file = NpzFile.open(path)) {
            return assertThrows(ArrayFileException.class, () -> file.read(name, List.of(2, 3))).getMessage();
        }
    }
}
