package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.DiagnosticPrinter;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.testing.FuzzedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Fuzzes the reader of specs, all the way to the network without weights. */
public final class SpecFuzz {

    private static final Path NOWHERE = Path.of("no-such-folder", "fuzzed.yaml");

    private SpecFuzz() {}

    /** Reads bytes as a spec. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Summary.of(FrontEnd.parse(NOWHERE, text, new Diagnostics()).declared(Optional.empty()));
        } catch (InvalidInputException refused) {
            FuzzedFile.requireWords(refused);
            DiagnosticPrinter printer = new DiagnosticPrinter(Map.of(NOWHERE.toString(), text.lines().toList()));
            refused.diagnostics().forEach(printer::print);
        }
    }
}
