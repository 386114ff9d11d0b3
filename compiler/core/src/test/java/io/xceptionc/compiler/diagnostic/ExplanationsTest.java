package io.xceptionc.compiler.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationsTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyCodeIsExplained(DiagnosticCode code) {
        String explanation = code.explanation();
        assertTrue(explanation.startsWith(code + ": " + code.title() + "\n\n"), explanation);
        assertTrue(explanation.matches("(?s).+\n\n.+\n\n.+"), "what it means and the way out: " + explanation);
    }

    @Test
    void specsHaveAnExampleOfEachProblemThatNeedsNoWeights() {
        assertEquals(Stream.of(DiagnosticCode.values()).filter(code -> code.name().matches(".[12].."))
                .collect(Collectors.toSet()), examples().collect(Collectors.toSet()));
    }

    private static Stream<DiagnosticCode> examples() {
        return Stream.of(DiagnosticCode.values()).filter(code -> EXAMPLE.matcher(code.explanation()).find());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleHasItsProblemAndNoOther(DiagnosticCode code) throws IOException {
        String spec = EXAMPLE.matcher(code.explanation()).results().findFirst().orElseThrow().group(1);
        Path file = Files.writeString(folder.resolve("example.yaml"), spec);
        List<Diagnostic> problems;
        try {
            problems = Compiler.check(file);
        } catch (InvalidInputException e) {
            problems = e.diagnostics();
        }
        assertEquals(Set.of(code), problems.stream().map(Diagnostic::code).collect(Collectors.toSet()));
    }
}
