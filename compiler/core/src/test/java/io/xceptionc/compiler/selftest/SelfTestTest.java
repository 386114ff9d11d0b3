package io.xceptionc.compiler.selftest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.safetensors.SafetensorsWriter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.jar.InMemoryCompilation;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.testing.JarEntries;
import io.xceptionc.compiler.weights.SeededWeights;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelClosedException;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.SelfTest;
import io.xceptionc.runtime.SelfTestReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model finds out by itself whether it computes what it should. */
class SelfTestTest {

    private static final String SPEC =
            """
                    model: small
                    input: {shape: [12, 12, 3]}
                    layers:
                      - conv2d: {name: stem, filters: 40, kernel: 3, stride: 2}
                      - residual: {name: add, body: [relu, {separable_conv2d: {name: sep, filters: 40, kernel: 3, padding: same}}, batch_norm]}
                      - global_avg_pool2d
                      - dense: {name: predictions, units: 5, activation: softmax}
                    """;
    private static final int INPUT = 12 * 12 * 3;

    @TempDir
    private static Path folder;

    private static Path spec;
    private static Path jar;

    @BeforeAll
    static void compile() throws Exception {
        spec = Files.writeString(folder.resolve("small.yaml"), SPEC);
        jar = compiled("small.jar", CompilerOptions.of(spec));
    }

    private static Path compiled(String name, CompilerOptions options) throws Exception {
        Path compiled = folder.resolve(name);
        Compiler.compile(options, compiled, stage -> {
        });
        return compiled;
    }

    private static SelfTestReport report(Path file) {
        try (CompiledModel model = CompiledModel.open(file, OpenOptions.DEFAULT.withThreads(2))) {
            return model.selfTest();
        }
    }

    @Test
    void anIntactModelPasses() throws Exception {
        for (Path file : List.of(jar, compiled("batch.jar", CompilerOptions.of(spec).withBatch(3)))) {
            SelfTestReport report = report(file);
            assertTrue(report.passed(), report.toString());
            assertTrue(report.error() < 1e-5, report.toString());
            assertEquals(Optional.empty(), report.firstDeparture());
            assertEquals(2, report.threads());
            assertTrue(report.runs() > 10, report.toString());
        }
    }

    @Test
    void aWeightThatWasChangedIsFoundThoughTheDigestIsRight() throws Exception {
        byte[] intact = JarEntries.of(jar).bytes(".weights");
        Random random = new Random(5);
        for (int round = 0; round < 8; round++) {
            byte[] weights = intact.clone();
            ByteBuffer values = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
            int place;
            do {
                place = random.nextInt(weights.length / Float.BYTES) * Float.BYTES;
            } while (Math.abs(values.getFloat(place)) < 0.05);
            weights[place + 3] ^= 0x40;
            Path changed = JarEntries.of(jar).replaceWeights(weights).writeTo(folder.resolve("changed.jar"));
            SelfTestReport report = report(changed);
            assertFalse(report.passed(), "at " + place + ": " + report);
            assertTrue(report.firstDeparture().isPresent(), report.toString());
        }
    }

    @Test
    void theFirstStepThatDepartsIsNamed() throws Exception {
        byte[] weights = JarEntries.of(jar).bytes(".weights");
        ByteBuffer values = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
        int last = weights.length - Float.BYTES;
        while (Math.abs(values.getFloat(last)) < 0.05) {
            last -= Float.BYTES;
        }
        values.putFloat(last, values.getFloat(last) + 1);
        Path changed = JarEntries.of(jar).replaceWeights(weights).writeTo(folder.resolve("last.jar"));
        assertEquals(Optional.of("predictions"), report(changed).firstDeparture());
    }

    /** As if C2 had taken one instruction of the depthwise kernel for another. */
    @Test
    void aKernelThatComputesSomethingElseIsFound() throws Exception {
        JarEntries entries = JarEntries.of(jar);
        Map<String, String> sources = new HashMap<>();
        List<String> changed = new ArrayList<>();
        for (String name : List.of("Small", "SmallKernels", "SmallKernels128", "SmallKernels256", "SmallKernels512")) {
            String source = entries.text("sources/xceptionc/model/small/" + name + ".java");
            String other = source.replace("x1.fma(tap1, sum0)", "x1.fma(tap0, sum0)");
            sources.put("xceptionc/model/small/" + name + ".java", other);
            if (!other.equals(source)) {
                changed.add(name);
            }
        }
        assertEquals(List.of("SmallKernels128", "SmallKernels256", "SmallKernels512"), changed);
        InMemoryCompilation.Result result = InMemoryCompilation.compile(sources);
        assertEquals(List.of(), result.refusals());
        result.classFiles().forEach(entries::replace);
        SelfTestReport report = report(entries.writeTo(folder.resolve("miscompiled.jar")));
        assertFalse(report.passed(), report.toString());
        assertEquals(Optional.of("sep"), report.firstDeparture());
    }

    /** As if a mean were one sum of float32, which noise would not show: it grows no larger than its rounding. */
    @Test
    void aMeanThatLosesDigitsWouldBeFound() throws Exception {
        Path means = Files.writeString(folder.resolve("mean.yaml"),
                "model: mean\ninput: {shape: [1024, 1024, 1]}\nlayers: [global_avg_pool2d]\n");
        compiled("mean.jar", CompilerOptions.of(means));
        SelfTestReport report = report(folder.resolve("mean.jar"));
        assertTrue(report.error() < 1e-7);
        float plainSum = 0;
        double sum = 0;
        for (float element : SelfTest.Drawing.MOSTLY_EVEN.image(1, 1024 * 1024)) {
            plainSum += element;
            sum += element;
        }
        assertTrue(Math.abs(plainSum - sum) / sum > 10 * report.tolerance(), plainSum + " for " + sum);
    }

    /** Jars of earlier versions draw noise. */
    @Test
    void theImageOfAnEarlierJarStays() throws Exception {
        Path earlier = JarEntries.of(jar).change(SelfTest.SUFFIX,
                text -> text.replaceFirst("drawing = MOSTLY_EVEN\ndrawing\\.seed = 1\n", "seed = 1\n"))
                .writeTo(folder.resolve("earlier.jar"));
        assertTrue(JarEntries.of(earlier).text(SelfTest.SUFFIX).contains("\nseed = 1\n"));
        assertTrue(report(earlier).passed(), "432 elements are noise either way");
        assertArrayEquals(SelfTest.image(1, 9000), SelfTest.Drawing.NOISE.image(1, 9000));
        float[] even = SelfTest.Drawing.MOSTLY_EVEN.image(1, 40_000);
        assertArrayEquals(SelfTest.image(1, 10_000), Arrays.copyOf(even, 10_000));
        for (int i = 10_000; i < even.length; i++) {
            assertEquals(0.7f, even[i]);
        }
    }

    /** NaN and infinities are right where the network's formulas have them, and wrong elsewhere. */
    @Test
    void whatIsNotFiniteIsExpectedWhereItIsRight() throws Exception {
        StringBuilder layers = new StringBuilder("model: overflow\ninput: {shape: [4, 4, 1]}\nlayers:\n");
        SafetensorsWriter writer = new SafetensorsWriter();
        for (int layer = 0; layer < 9; layer++) { // 1e38 to the ninth is beyond double, too
            layers.append("  - conv2d: {name: c%d, filters: 1, kernel: 1, bias: false}\n".formatted(layer));
            writer.add("c" + layer + "/kernel", List.of(1, 1, 1, 1), new float[] {1e38f});
        }
        Path overflowing = Files.writeString(folder.resolve("overflow.yaml"), layers + "  - softmax\n");
        Path weights = folder.resolve("overflow.safetensors");
        writer.writeTo(weights);
        Path file = compiled("overflow.jar", CompilerOptions.of(overflowing).withWeights(weights));
        SelfTestReport report = report(file);
        assertTrue(report.passed(), report.toString());
        Path wrong = JarEntries.of(file).change(SelfTest.SUFFIX, text -> text.replaceAll("NaN", "0.25"))
                .writeTo(folder.resolve("wrong.jar"));
        assertEquals(Optional.of("softmax"), report(wrong).firstDeparture());
    }

    @Test
    void aModelMayHaveNone() throws Exception {
        Path without = compiled("without.jar", CompilerOptions.of(spec).withoutSelfTest());
        assertEquals("the model xceptionc.model.small.Small has no self-test: it was compiled with --no-self-test"
                + " or by an earlier version; compile it again",
                assertThrows(ModelException.class, () -> report(without)).getMessage());
    }

    @Test
    void aDamagedOneIsRefused() throws Exception {
        for (String line : List.of("value.1 = stem 1.0 1", "values = x", "values = 0", "value.0 = input NaN 1 1.0",
                "tolerance = -1")) {
            String key = line.substring(0, line.indexOf(' '));
            Path damaged = JarEntries.of(jar)
                    .change(SelfTest.SUFFIX, text -> text.replaceFirst("(?m)^" + key + " = .*", line))
                    .writeTo(folder.resolve("damaged.jar"));
            String message = assertThrows(ModelException.class, () -> report(damaged)).getMessage();
            assertTrue(message.startsWith("the self-test of xceptionc.model.small.Small is damaged: "), message);
        }
    }

    @Test
    void oneOfAnotherModelIsRefused() throws Exception {
        Path other = JarEntries.of(jar).change(SelfTest.SUFFIX, text -> text.replace(" sep ", " pes "))
                .writeTo(folder.resolve("other.jar"));
        assertEquals("the self-test of model 'small' tests steps [pes], which it has not; compile the model again",
                assertThrows(ModelException.class, () -> report(other)).getMessage());
    }

    @Test
    void aClosedModelTestsNothing() {
        CompiledModel model = CompiledModel.open(jar);
        model.close();
        assertThrows(ModelClosedException.class, model::selfTest);
        assertThrows(ModelClosedException.class, () -> model.trace(new float[INPUT], (_, _, _) -> {
        }));
    }

    /**
     * Every step of a trace has the interpreter's value of the layer that it stands for, and the last one is the
     * result.
     */
    @Test
    void aTraceShowsWhatLayersYield() {
        Diagnostics diagnostics = new Diagnostics();
        Spec parsed = SpecParser.parse("small.yaml", SPEC, diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(0, Lowering.convention(parsed), diagnostics);
        Graph graph = Lowering.lower(parsed, Optional.empty(), weights, diagnostics).orElseThrow().graph();
        float[] image = SelfTest.image(3, INPUT);
        Map<String, double[]> expected = ReferenceInterpreter.valuesByName(graph, image);
        List<String> layers = new ArrayList<>();
        try (CompiledModel model = CompiledModel.open(jar)) {
            model.trace(image, (step, value, elements) -> {
                layers.add(step.name() + "=" + value.layer().orElseThrow());
                double[] actual = IntStream.range(0, elements.length).mapToDouble(i -> elements[i]).toArray();
                assertArrayEquals(expected.get(value.layer().get()), actual, 1e-4);
                if (step.name().equals("output")) {
                    assertArrayEquals(model.run(image), elements);
                }
            });
        }
        assertEquals(List.of("input=input", "stem=stem", "sep=add", "global_avg_pool2d=global_avg_pool2d",
                "predictions=predictions", "predictions_activation=predictions_activation", "output=output"), layers);
    }

    @Test
    void aTraceOfAnOlderModelIsRefused() throws IOException {
        Path older = JarEntries.of(jar).change(".properties", text -> text.replaceAll("(?m)^value\\..*\\n", ""))
                .writeTo(folder.resolve("older.jar"));
        try (CompiledModel model = CompiledModel.open(older)) {
            assertEquals(5, model.run(new float[INPUT]).length);
            assertEquals("model 'small' was compiled by an earlier version and does not tell what its steps yield;"
                    + " compile it again",
                    assertThrows(ModelException.class, () -> model.trace(new float[INPUT], (_, _, _) -> {
                    })).getMessage());
        }
    }

    /** As the formula in the Javadoc gives them, computed in Python with its integers. */
    @Test
    void imagesAreDrawnAsDocumented() {
        assertArrayEquals(new float[] {0.13312304f, 0.49156344f, 0.9420054f, -0.11128163f}, SelfTest.image(1, 4));
    }
}
