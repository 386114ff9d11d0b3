package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are compared with files beside the tests. With {@code -Dgoldens.update} the files are written instead:
 * look at the difference before committing it.
 */
public final class GoldenFile {

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private GoldenFile() {}

    /** Compares generated source with a file, as {@link #assertMatches}; its lines must be no longer than ours. */
    public static void assertSourceMatches(Class<?> test, String name, String source) {
        source.lines().forEach(line -> assertTrue(line.length() <= 120 && line.equals(line.stripTrailing()), line));
        assertMatches(test, name, source);
    }

    /** Compares a text with the file of a name in the folder of the test's package. */
    public static void assertMatches(Class<?> test, String name, String text) {
        String path = test.getPackageName().replace('.', '/') + "/" + name;
        try {
            if (System.getProperty("goldens.update") != null) {
                Files.createDirectories(RESOURCES.resolve(path).getParent());
                Files.writeString(RESOURCES.resolve(path), text);
            } else {
                assertEquals(read(path), text,
                        () -> path + " differs; if that is meant, run the test with -Dgoldens.update");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String path) throws IOException {
        try (InputStream stream = GoldenFile.class.getClassLoader().getResourceAsStream(path)) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
