package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes in {@code generated}, kept there to be read, are those that the Maven plugin has just written. */
class GeneratedSourceTest {

    private static final Path KEPT = Path.of("generated");
    private static final Path WRITTEN = Path.of("target", "generated-sources", "xceptionc");

    static List<Path> written() throws IOException {
        return sources(WRITTEN);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(folder::relativize).sorted().toList();
        }
    }

    /** {@code -Dgoldens.update} writes them anew. */
    @ParameterizedTest
    @MethodSource("written")
    void readsAsKept(Path source) throws IOException {
        String text = Files.readString(WRITTEN.resolve(source));
        Path file = KEPT.resolve(source);
        if (System.getProperty("goldens.update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertEquals(Files.exists(file) ? Files.readString(file) : "", text,
                () -> file + " differs; if that is meant, run the test with -Dgoldens.update");
    }

    @Test
    void nothingElseIsKept() throws IOException {
        assertEquals(written(), sources(KEPT));
    }
}
