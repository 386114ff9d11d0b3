package io.xceptionc.examples;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.ArrayValues;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What compiled models answer to the goldens' inputs; each is compiled once for all tests. */
final class CompiledAnswers {

    private static final Map<Golden, float[]> KNOWN = new HashMap<>();

    private CompiledAnswers() {}

    /** The whole of the compiled model's outputs, of an input that needs no scaling. */
    static synchronized float[] to(Golden golden) throws IOException, InvalidInputException {
        float[] answer = KNOWN.get(golden);
        if (answer == null) {
            answer = run(golden);
            KNOWN.put(golden, answer);
        }
        return answer.clone();
    }

    private static float[] run(Golden golden) throws IOException, InvalidInputException {
        Path jar = Files.createTempFile("zoo", ".jar");
        try {
            Compiler.compile(golden.options().withoutSelfTest(), jar, _ -> {
            });
            try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withArrays(ArrayValues.SCALED))) {
                return Joined.floats(model.runAll(golden.input()).values());
            }
        } finally {
            Files.delete(jar);
        }
    }
}
