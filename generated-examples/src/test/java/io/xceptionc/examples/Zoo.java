package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The models in {@code models/}. */
final class Zoo {

    static final Path FOLDER = Path.of("models");
    private static final String SPEC_SUFFIX = ".yaml";

    private Zoo() {}

    /** The names of all specs, sorted. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SPEC_SUFFIX))
                    .map(name -> name.substring(0, name.length() - SPEC_SUFFIX.length())).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A spec's file. */
    static Path spec(String name) {
        return FOLDER.resolve(name + SPEC_SUFFIX);
    }

    /** The file of a spec's trained weights. */
    static Path weights(String name) {
        return FOLDER.resolve(name + ".safetensors");
    }

    /** The network of a spec as it is written, unfused, with the weights of seed 1. */
    static LoweredNetwork network(String name, Optional<ImageSize> size) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse(name, Files.readString(spec(name)), diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(1, Lowering.convention(spec), diagnostics);
        LoweredNetwork network = Lowering.lower(spec, size, weights, diagnostics).orElseThrow();
        assertEquals(List.of(), diagnostics.sorted());
        return network;
    }
}
