package io.xceptionc.compiler.lower;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.testing.Golden;
import io.xceptionc.compiler.testing.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code bad/*.yaml} is reported as the file {@code .errors} beside it says. */
class BadSpecsTest {

    private static final Path FOLDER = Golden.folder(BadSpecsTest.class).resolve("bad");

    static List<Path> specs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void isReported(Path spec) throws IOException {
        String name = spec.getFileName().toString();
        assertFalse(read(spec).report().isEmpty());
        Golden.assertMatches(FOLDER.resolve(name.replace(".yaml", ".errors")), read(spec).report());
    }

    @Test
    void everyCodeOfTextAndNetworkIsCovered() throws IOException {
        Set<DiagnosticCode> covered = EnumSet.noneOf(DiagnosticCode.class);
        for (Path spec : specs()) {
            read(spec).diagnostics().stream().map(Diagnostic::code).forEach(covered::add);
        }
        Set<DiagnosticCode> missing = Arrays.stream(DiagnosticCode.values())
                .filter(code -> code.name().matches("[EW][12].*") && !covered.contains(code))
                .collect(toCollection(() -> EnumSet.noneOf(DiagnosticCode.class)));
        assertEquals(Set.of(), missing);
    }

    private static SpecText read(Path spec) throws IOException {
        return SpecText.of(spec.getFileName().toString(), Files.readString(spec), FOLDER);
    }
}
