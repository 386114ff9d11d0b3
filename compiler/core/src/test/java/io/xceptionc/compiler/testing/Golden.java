package io.xceptionc.compiler.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares text with a file of the source tree; {@code -Dgoldens.update} writes the file instead. */
public final class Golden {

    private Golden() {}

    /** The folder of test resources beside a test class, in the source tree. */
    public static Path folder(Class<?> test) {
        return Path.of("src/test/resources").resolve(test.getPackageName().replace('.', '/'));
    }

    /** Fails if the file holds anything else. */
    public static void assertMatches(Path file, String actual) throws IOException {
        if (isUpdate()) {
            Files.writeString(file, actual, UTF_8);
        }
        String expected = Files.exists(file) ? Files.readString(file, UTF_8) : "";
        assertEquals(expected, actual, () -> file + " differs; -Dgoldens.update accepts the change");
    }

    /** Whether files are to be written anew. */
    public static boolean isUpdate() {
        return System.getProperty("goldens.update") != null;
    }
}
