package io.xceptionc.cli;

import io.xceptionc.compiler.Compiler;
import io.xceptionc.compiler.CompilerOptions;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import io.xceptionc.compiler.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A network of a few layers, compiled once for all tests of this JVM. */
final class TinyModel {

    static final String SPEC = """
            model: tiny
            input: {shape: [8, 8, 3], scale: 1/127.5, offset: -1}
            labels: [cat, 'a "big", dog', bird]
            layers:
              - conv2d: {name: stem, filters: 4, kernel: 3, padding: same}
              - batch_norm: {name: stem_bn}
              - relu: {name: stem_relu}
              - separable_conv2d: {name: sep, filters: 8, kernel: 3, padding: same}
              - global_avg_pool2d: {name: pool}
              - dense: {name: predictions, units: 3, activation: softmax}
            """;
    static final long SEED = 7;
    static final int INPUT_LENGTH = 8 * 8 * 3;

    private static final Path FOLDER = Path.of("target", "tiny-models");

    private TinyModel() {}

    /** Its jar for so many images a run. */
    static synchronized Path jar(int batch) throws IOException, InvalidInputException {
        Path jar = FOLDER.resolve("tiny-" + batch + "-" + ProcessHandle.current().pid() + ".jar");
        if (!Files.exists(jar)) {
            Path spec = Files.writeString(Files.createDirectories(FOLDER).resolve("tiny.yaml"), SPEC);
            Compiler.compile(CompilerOptions.of(spec).withSeed(SEED).withBatch(batch), jar, _ -> {});
            jar.toFile().deleteOnExit();
        }
        return jar;
    }

    /** Its graph before any pass, with its weights. */
    static Graph graph() {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse("tiny.yaml", SPEC, diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(SEED, Lowering.convention(spec), diagnostics);
        return Lowering.lower(spec, Optional.empty(), weights, diagnostics).orElseThrow().graph();
    }

    /** Its weights as a file, in the order of its layers. */
    static SafetensorsWriter weights() {
        SafetensorsWriter file = new SafetensorsWriter();
        for (Node node : graph().nodes()) {
            for (Tensor tensor : node.op().tensors()) {
                file.add(tensor.name(), tensor.shape(), tensor.values());
            }
        }
        return file;
    }

    /** What it must answer. */
    static double[] expected(float[] image) {
        return ReferenceInterpreter.output(graph(), image);
    }

    /** An image, the same one for the same seed. */
    static float[] image(long seed) {
        Random random = new Random(seed);
        float[] image = new float[INPUT_LENGTH];
        for (int i = 0; i < image.length; i++) {
            image[i] = 2 * random.nextFloat() - 1;
        }
        return image;
    }
}
