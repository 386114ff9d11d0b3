package io.xceptionc.compiler;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import io.xceptionc.runtime.SelfTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A version of a tiny model. Versions differ in their weights, every other one in its architecture and the number of
 * its results, too, but not in the names of classes and files.
 *
 * @param model the model's name
 * @param number which version
 */
record ModelVersion(String model, int number) {

    private static final int SIDE = 9;

    private String text() {
        return """
                model: %s
                input: {shape: [%d, %d, 3]}
                layers:
                  - conv2d: {filters: %d, kernel: 3, stride: 2, activation: relu}
                  - global_avg_pool2d
                  - dense: {units: %d}
                """.formatted(model, SIDE, SIDE, 8 + number / 2 * 8, units());
    }

    /** The number of its results. */
    int units() {
        return 2 + number / 2;
    }

    /** The image that all versions are tried with. */
    static float[] image() {
        return SelfTest.image(1, SIDE * SIDE * 3);
    }

    /** What the interpreter makes of the image. */
    double[] expected() {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse("version.yaml", text(), diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(number, Lowering.convention(spec), diagnostics);
        Graph graph = Lowering.lower(spec, Optional.empty(), weights, diagnostics).orElseThrow().graph();
        return ReferenceInterpreter.output(graph, image());
    }

    /** What its jar is made of. */
    CompilerOptions options(Path folder) throws Exception {
        Path spec = Files.writeString(folder.resolve(model + "-" + number + ".yaml"), text());
        return CompilerOptions.of(spec).withSeed(number);
    }

    /** Compiles its jar. */
    Path jar(Path folder) throws Exception {
        Path jar = folder.resolve(model + "-" + number + ".jar");
        Compiler.compile(options(folder), jar, _ -> {
        });
        return jar;
    }
}
