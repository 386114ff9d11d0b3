package io.xceptionc.cli;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.safetensors.SafetensorsWriter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A network of a few layers, compiled once for all tests of this JVM. */
public final class TinyModel {

    public static final String SPEC = """
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
    public static final long SEED = 7;
    public static final int INPUT_LENGTH = 8 * 8 * 3;

    private static final Path FOLDER = Path.of("target", "tiny-models");

    private TinyModel() {}

    /** Its jar for so many images a run. */
    public static synchronized Path jar(int batch) throws IOException, InvalidInputException {
        Path jar = FOLDER.resolve("tiny-" + batch + "-" + ProcessHandle.current().pid() + ".jar");
        if (!Files.exists(jar)) {
            Path spec = Files.writeString(Files.createDirectories(FOLDER).resolve("tiny.yaml"), SPEC);
            Compiler.compile(CompilerOptions.of(spec).withSeed(SEED).withBatch(batch), jar, _ -> {});
            jar.toFile().deleteOnExit();
        }
        return jar;
    }

    /** Its graph before any pass, with its weights. */
    public static Graph graph() {
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse("tiny.yaml", SPEC, diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(SEED, Lowering.convention(spec), diagnostics);
        return Lowering.lower(spec, Optional.empty(), weights, diagnostics).orElseThrow().graph();
    }

    /** Its weights as a file, in the order of its layers. */
    public static SafetensorsWriter weights() {
        SafetensorsWriter file = new SafetensorsWriter();
        for (Node node : graph().nodes()) {
            for (Tensor tensor : node.op().tensors()) {
                file.add(tensor.name(), tensor.shape(), tensor.values());
            }
        }
        return file;
    }

    /**
     * Its weights as PyTorch might have them: {@code [out, in, height, width]}, under names of its own, in an order of
     * its own.
     */
    public static SafetensorsWriter weightsOfPyTorch() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        graph().nodes().forEach(
                node -> node.op().tensors().forEach(tensor -> tensors.put(tensor.name(), tensor)));
        SafetensorsWriter file = new SafetensorsWriter();
        addTransposed(file, "module.head.weight", tensors.get("predictions/kernel"), 1, 0);
        add(file, "module.head.bias", tensors.get("predictions/bias"));
        addTransposed(file, "module.features.sep.conv1.weight", tensors.get("sep/depthwise_kernel"), 2, 3, 0, 1);
        addTransposed(file, "module.features.sep.pointwise.weight", tensors.get("sep/pointwise_kernel"), 3, 2, 0, 1);
        add(file, "module.features.sep.pointwise.bias", tensors.get("sep/bias"));
        addTransposed(file, "module.features.stem.weight", tensors.get("stem/kernel"), 3, 2, 0, 1);
        add(file, "module.features.stem.bias", tensors.get("stem/bias"));
        add(file, "module.features.norm.weight", tensors.get("stem_bn/gamma"));
        add(file, "module.features.norm.bias", tensors.get("stem_bn/beta"));
        add(file, "module.features.norm.running_mean", tensors.get("stem_bn/moving_mean"));
        add(file, "module.features.norm.running_var", tensors.get("stem_bn/moving_variance"));
        return file.add("module.features.norm.num_batches_tracked", List.of(), new float[1])
                .add("aux.bias", List.of(1), new float[1]).add("module.temperature", List.of(1), new float[1]);
    }

    private static void add(SafetensorsWriter file, String name, Tensor tensor) {
        file.add(name, tensor.shape(), tensor.values());
    }

    /** Element by element, with an index for each axis: slow, and plain to see. */
    private static void addTransposed(SafetensorsWriter file, String name, Tensor tensor, int... axes) {
        List<Integer> shape = IntStream.of(axes).mapToObj(tensor::dimension).toList();
        float[] values = new float[tensor.elementCount()];
        for (int position = 0; position < values.length; position++) {
            int[] index = new int[axes.length];
            int rest = position;
            for (int axis = axes.length - 1; axis >= 0; axis--) {
                index[axes[axis]] = rest % shape.get(axis);
                rest /= shape.get(axis);
            }
            int from = 0;
            for (int axis = 0; axis < axes.length; axis++) {
                from = from * tensor.dimension(axis) + index[axis];
            }
            values[position] = tensor.values()[from];
        }
        file.add(name, shape, values);
    }

    /** What it must answer. */
    public static double[] expected(float[] image) {
        return ReferenceInterpreter.output(graph(), image);
    }

    /** An image, the same one for the same seed. */
    public static float[] image(long seed) {
        Random random = new Random(seed);
        float[] image = new float[INPUT_LENGTH];
        for (int i = 0; i < image.length; i++) {
            image[i] = 2 * random.nextFloat() - 1;
        }
        return image;
    }
}
