package io.xceptionc.compiler.language;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.testing.Golden;
import io.xceptionc.compiler.testing.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference says what the table of keywords says, and its examples work. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("src/main/resources/io/xceptionc/compiler/spec/reference.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final String EXAMPLE_START = "```yaml";

    @Test
    void describesEveryKeyword() throws IOException {
        String reference = Files.readString(REFERENCE);
        for (Keyword keyword : Keyword.all()) {
            int start = reference.indexOf(ReferenceText.heading(keyword) + "\n");
            assertTrue(start >= 0, () -> "no section on " + keyword.word());
            int end = reference.indexOf(EXAMPLE_START, start);
            reference = reference.substring(0, start) + ReferenceText.section(keyword) + reference.substring(end);
        }
        Golden.assertMatches(REFERENCE, reference);
    }

    @Test
    void describesNothingElse() throws IOException {
        List<String> headings =
                Files.readAllLines(REFERENCE).stream().filter(line -> line.startsWith("### `")).toList();
        assertEquals(Keyword.all().stream().map(ReferenceText::heading).toList(), headings);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExampleWorks(String example) throws IOException {
        String spec = complete(example);
        assertEquals("", SpecText.of(spec).report(), spec);
        assertEquals("", SchemaTest.complaints(spec), spec);
    }

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(REFERENCE)).results().map((MatchResult match) -> match.group(1));
    }

    /** An example shows a whole spec, some of its keys, or a list of layers. */
    private static String complete(String example) {
        String text = example.startsWith("- ") ? "layers:\n" + example.indent(2) : example;
        return Stream.of("model: example", "input: {shape: [32, 32, 16]}", "layers: [relu]")
                .filter(line -> !Pattern.compile("^" + line.substring(0, line.indexOf(':')) + ":", Pattern.MULTILINE)
                        .matcher(text).find())
                .map(line -> line + "\n").collect(joining()) + text;
    }
}
