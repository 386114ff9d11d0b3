package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.xceptionc.compiler.testing.SpecText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text ends in a network or in reports, in bounded time; nothing is thrown. */
class SpecRobustnessTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final List<String> VALID = validSpecs();

    private static List<String> validSpecs() {
        try (Stream<Path> files = Files.list(Path.of("../../generated-examples/models"))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 2000)
    void arbitraryText(@ForAll String text) {
        check(text);
    }

    @Property(tries = 2000)
    void textOfYamlTokens(@ForAll("tokens") String text) {
        check(text);
    }

    @Property(tries = 1500)
    void validSpecsWithChanges(@ForAll("changed") String text) {
        check(text);
    }

    @Provide
    Arbitrary<String> tokens() {
        Arbitrary<String> token = Arbitraries.of("model", "input", "shape", "layers", "blocks", "repeat", "residual",
                "body", "conv2d", "relu", "name",
                "kernel", "filters", "a", "3", "-1", "1/2", "${a}", "${", ":", ": ", "- ", "\n", "\n  ", "\n    ", "{",
                "}", "[", "]", ",", "'", "\"",
                "#", "&a", "*a", "!!str", "|", ">", "?", "? ", "%YAML 1.2\n", "---\n", "...\n", "\t", "\u0085",
                "\u2028", "~", "\\", "@", "`", "<<: ");
        return token.list().ofMaxSize(80).map(parts -> String.join("", parts));
    }

    /** A valid spec in which characters, lines and words are removed, doubled or replaced. */
    @Provide
    Arbitrary<String> changed() {
        Arbitrary<String> inserted = Arbitraries.oneOf(tokens().filter(text -> text.length() < 40),
                Arbitraries.of("99999999999", "2147483647", "16384", "65536", "1e400", "input", "null", "true"));
        Arbitrary<Change> change = Combinators
                .combine(Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(0, 40), inserted)
                .as(Change::new);
        return Combinators.combine(Arbitraries.of(VALID), change.list().ofMinSize(1).ofMaxSize(4))
                .as((text, changes) -> {
                    String changed = text;
                    for (Change next : changes) {
                        changed = next.apply(changed);
                    }
                    return changed;
                });
    }

    private record Change(double place, int removed, String inserted) {

        String apply(String text) {
            int start = (int) (place * text.length());
            return text.substring(0, start) + inserted + text.substring(Math.min(text.length(), start + removed));
        }
    }

    private static void check(String text) {
        SpecText spec = assertTimeoutPreemptively(LONGEST, () -> SpecText.of(text));
        boolean hasErrors = spec.diagnostics().stream().anyMatch(problem -> problem.code().name().startsWith("E"));
        assertEquals(hasErrors, spec.network().isEmpty(), spec.report());
    }
}
