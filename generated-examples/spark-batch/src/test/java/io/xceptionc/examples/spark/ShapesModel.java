package io.xceptionc.examples.spark;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;

/** The trained network that tells figures apart, and the pictures that come with it. */
final class ShapesModel {

    /** Forty pictures and a table of what they show. */
    static final Path PICTURES = Path.of("../models/xception-shapes-pictures");

    private static final Path SPEC = Path.of("../models/xception-shapes.yaml");
    private static final Path WEIGHTS = Path.of("../models/xception-shapes.safetensors");

    private ShapesModel() {}

    /** Compiles it into a folder. */
    static Path compile(Path folder) throws IOException, InvalidInputException {
        Path jar = folder.resolve("xception-shapes.jar");
        Compiler.compile(CompilerOptions.of(SPEC).withWeights(WEIGHTS), jar, _ -> {
        });
        return jar;
    }
}
