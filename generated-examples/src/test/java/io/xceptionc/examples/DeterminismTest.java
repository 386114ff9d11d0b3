package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.Compiler;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same spec gives the same jar; the same jar gives the same results, whatever runs it. */
class DeterminismTest {

    /**
     * Every number of threads with two widths, every width with two numbers of threads. Widths that the machine's vectors do
     * not have are left out: Java then computes each lane by itself, which takes minutes for a whole network.
     */
    private static final List<OpenOptions> OPENINGS = List.of(opening(1, 128), opening(2, 128), opening(2, 256),
            opening(3, 256), opening(3, 512), opening(1, 512));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"xception-71x95", "xception-shapes-64x64", "xception-shapes-64x64-trained"})
    void compilesToTheSameBytes(String golden) throws IOException, InvalidInputException {
        assertEquals(-1, Files.mismatch(compiled(golden, "first.jar"), compiled(golden, "second.jar")));
    }

    private static OpenOptions opening(int threads, int vectorBits) {
        return OpenOptions.DEFAULT.withThreads(threads).withVectorBits(vectorBits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xception-71x95", "xception-shapes-64x64"})
    void resultsDependNeitherOnThreadsNorOnVectors(String golden) throws IOException, InvalidInputException {
        Path jar = compiled(golden, "model.jar");
        float[] input = Golden.named(golden).input();
        float[] expected = results(jar, OPENINGS.getFirst(), input);
        for (OpenOptions options : OPENINGS) {
            if (options.vectorBits() <= FloatVector.SPECIES_PREFERRED.vectorBitSize()) {
                assertArrayEquals(expected, results(jar, options, input), options::toString);
            }
        }
    }

    private Path compiled(String golden, String file) throws IOException, InvalidInputException {
        Path jar = folder.resolve(file);
        Compiler.compile(Golden.named(golden).options(), jar, _ -> {
        });
        return jar;
    }

    private static float[] results(Path jar, OpenOptions options, float[] input) {
        try (CompiledModel model = CompiledModel.open(jar, options)) {
            assertEquals(options.vectorBits(), model.vectorBits());
            assertEquals(options.threads(), model.threads());
            return model.run(input);
        }
    }
}
