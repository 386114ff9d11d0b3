package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.testing.DrawnSpec;
import io.xceptionc.compiler.testing.FuzzedFile;
import java.util.Optional;

/**
 * Fuzzes the way from a spec to Java source by specs that are drawn, most of which are valid; javac must take each
 * source.
 */
public final class DrawnSpecFuzz {

    private DrawnSpecFuzz() {}

    /** Draws a spec by bytes and takes it to class files. */
    public static void fuzzerTestOneInput(byte[] input) {
        String spec = DrawnSpec.of(input);
        try {
            Optional<GeneratedModel> model = SourceFuzz.generated(spec);
            if (model.isPresent()) {
                SourceFuzz.requireJava(spec, model.get());
            }
        } catch (InvalidInputException refused) {
            FuzzedFile.requireWords(refused);
        }
    }
}
