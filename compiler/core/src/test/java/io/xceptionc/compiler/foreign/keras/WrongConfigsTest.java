package io.xceptionc.compiler.foreign.keras;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.keras.KerasFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A config in which one value is another: the model is imported, or refused with messages; nothing else may happen. */
class WrongConfigsTest {

    private static final Pattern VALUE = Pattern.compile("(?<=[:\\[,] )(\"[^\"]*\"(?!:)|-?[0-9.]+|true|false|null)");

    @Property(tries = 600)
    void oneValueReplaced(@ForAll int position, @ForAll("values") String value) throws IOException {
        String config = config();
        List<MatchResult> values = VALUE.matcher(config).results().toList();
        assertTrue(values.size() > 100);
        MatchResult replaced = values.get(Math.floorMod(position, values.size()));
        String changed = config.substring(0, replaced.start()) + value + config.substring(replaced.end());
        try {
            KerasImport.read(KerasFiles.withConfig(changed), "m", Optional.empty());
        } catch (InvalidInputException refused) {
            assertFalse(refused.diagnostics().isEmpty());
        }
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("null", "0", "-1", "1", "3", "2147483647", "1e300", "NaN", "0.5", "[]", "{}", "[[]]",
                "[1, 2, 3, 4, 5]", "\"\"", "\"x\"", "\"relu\"", "\"same\"", "\"Functional\"", "\"Sequential\"",
                "\"InputLayer\"", "\"Dense\"", "\"Flatten\"", "true", "false",
                "{\"class_name\": \"__keras_tensor__\"}");
    }

    private static String config() throws IOException {
        try (ZipFile archive = new ZipFile(KerasFiles.path("small.keras").toFile())) {
            return new String(archive.getInputStream(archive.getEntry("config.json")).readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }
}
