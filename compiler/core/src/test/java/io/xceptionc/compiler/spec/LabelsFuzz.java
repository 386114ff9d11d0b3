package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.testing.FuzzedFile;
import io.xceptionc.compiler.testing.FuzzedPath;

/** Fuzzes the reader of files with labels. */
public final class LabelsFuzz {

    private LabelsFuzz() {}

    /** Reads bytes as such a file. */
    public static void fuzzerTestOneInput(byte[] input) {
        Diagnostics diagnostics = new Diagnostics();
        boolean read =
                LabelsFile.read(FuzzedPath.with(input), SourceSpan.ofFile("fuzzed"), diagnostics).isPresent();
        try {
            diagnostics.throwIfErrors();
            if (!read) {
                throw new AssertionError("no labels, and no word why");
            }
        } catch (InvalidInputException refused) {
            FuzzedFile.requireWords(refused);
        }
    }
}
