package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelOutput.Kind;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.SelfTestReport;
import io.xceptionc.runtime.Session;
import io.xceptionc.runtime.Storage;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A model of three outputs: an image in the middle that other layers read, a vector of classes, and a number. */
class SeveralOutputsTest {

    private static final String SPEC = """
            model: faces
            input: {shape: [12, 12, 3]}
            layers:
              - conv2d: {name: map, filters: 20, kernel: 3, stride: 2, activation: relu}
              - residual: {body: [relu, {separable_conv2d: {filters: 20, kernel: 3, padding: same}}, batch_norm]}
              - global_avg_pool2d: {name: features}
              - dense: {name: age, units: 1}
              - dense: {name: gender_head, units: 2, activation: softmax, input: features}
            """;
    private static final String OUTPUTS = """
            outputs:
              age: age
              gender: {layer: gender_head, labels: [female, male]}
              mask: map
            """;
    private static final int INPUT = 12 * 12 * 3;
    private static final int MASK = 5 * 5 * 20;

    @TempDir
    private static Path folder;

    private static Path jar;
    private static Path batchJar;

    @BeforeAll
    static void compile() throws Exception {
        jar = compiled("single", SPEC + OUTPUTS, 1, Storage.F32);
        batchJar = compiled("batch", SPEC + OUTPUTS, 3, Storage.F32);
    }

    private static Path compiled(String name, String text, int batch, Storage storage) throws Exception {
        Path spec = Files.writeString(folder.resolve(name + ".yaml"), text);
        Path file = folder.resolve(name + ".jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(3).withBatch(batch).withStorage(storage), file, stage -> {
        });
        return file;
    }

    private static float[] images(int count) {
        Random random = new Random(count);
        float[] images = new float[count * INPUT];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat() * 2 - 1;
        }
        return images;
    }

    /** The result of a spec that says all of the same but its outputs: one, the last layer's. */
    private static float[] alone(String name, String layer) throws Exception {
        try (CompiledModel model =
                CompiledModel.open(compiled(name, SPEC + "outputs: [" + layer + "]\n", 1, Storage.F32))) {
            return model.run(images(1));
        }
    }

    @Test
    void theSignatureNamesThem() {
        try (CompiledModel model = CompiledModel.open(jar)) {
            assertEquals(List.of(new ModelOutput("age", Kind.NUMBERS, List.of(1), List.of()),
                    new ModelOutput("gender", Kind.CLASSES, List.of(2), List.of("female", "male")),
                    new ModelOutput("mask", Kind.IMAGE, List.of(5, 5, 20), List.of())), model.signature().outputs());
            assertEquals(1, model.signature().indexOf("gender"));
            assertEquals(MASK, model.signature().output("mask").length());
        }
    }

    @Test
    void eachIsWhatItWouldBeAlone() throws Exception {
        try (CompiledModel model = CompiledModel.open(jar)) {
            SequencedMap<String, float[]> results = model.runAll(images(1));
            assertEquals(List.of("age", "gender", "mask"), List.copyOf(results.keySet()));
            assertArrayEquals(alone("age", "age"), results.get("age"));
            assertArrayEquals(alone("gender", "gender_head"), results.get("gender"));
            assertArrayEquals(alone("mask", "map"), results.get("mask"));
        }
    }

    @Test
    void aNamedOutputOfItsOwnIsOne() throws Exception {
        Path file = compiled("named", SPEC + "outputs: {years: age}\n", 1, Storage.F32);
        try (CompiledModel model = CompiledModel.open(file); Session session = model.newSession()) {
            assertEquals(List.of(new ModelOutput("years", Kind.NUMBERS, List.of(1), List.of())),
                    model.signature().outputs());
            assertEquals(List.of(1), model.signature().outputShape());
            session.run();
            assertEquals(session.output(), session.output("years"));
        }
    }

    @Test
    void resultsGoWhereTheyAreWanted() {
        float[] images = images(3);
        try (CompiledModel model = CompiledModel.open(batchJar);
                Session session = model.newSession();
                Arena memory = Arena.ofConfined()) {
            SequencedMap<String, float[]> expected = model.runAll(images);
            List<float[]> arrays = List.of(new float[3], new float[3 * 2], new float[3 * MASK]);
            session.run(images, arrays);
            assertSame(expected, arrays);
            float[] gender = new float[3 * 2];
            session.run(images, Map.of("gender", gender));
            assertArrayEquals(expected.get("gender"), gender);
            List<MemorySegment> segments = List.of(memory.allocate(3 * 4), memory.allocate(3 * 8),
                    MemorySegment.ofArray(new float[3 * MASK]));
            session.run(MemorySegment.ofArray(images), segments);
            assertSame(expected, arrays(segments));
            MemorySegment mask = memory.allocate(3 * MASK * 4);
            session.run(MemorySegment.ofArray(images), Map.of("mask", mask));
            assertArrayEquals(expected.get("mask"), mask.toArray(ValueLayout.JAVA_FLOAT));
            assertSame(expected, arrays(List.of(session.output(0), session.output("gender"), mask)));
            session.input().copyFrom(MemorySegment.ofArray(images));
            session.run();
            assertSame(expected, arrays(List.of(session.output(0), session.output(1), session.output("mask"))));
        }
    }

    private static List<float[]> arrays(List<MemorySegment> segments) {
        return segments.stream().map(segment -> segment.toArray(ValueLayout.JAVA_FLOAT)).toList();
    }

    private static void assertSame(SequencedMap<String, float[]> expected, List<float[]> actual) {
        assertTrue(Arrays.deepEquals(expected.values().toArray(), actual.toArray()));
    }

    @Test
    void threadsAndWidthsChangeNothing() {
        float[] images = images(3);
        try (CompiledModel one = CompiledModel.open(batchJar, OpenOptions.DEFAULT.withThreads(1));
                CompiledModel several = CompiledModel.open(batchJar, OpenOptions.DEFAULT.withThreads(3))) {
            assertSame(one.runAll(images), List.copyOf(several.runAll(images).values()));
        }
    }

    @Test
    void stepsAndSelfTestKnowThem() {
        try (CompiledModel model = CompiledModel.open(batchJar)) {
            SequencedMap<String, float[]> expected = model.runAll(images(3));
            List<String> traced = new ArrayList<>();
            model.trace(images(3), (step, _, elements) -> {
                if (step.isOutput()) {
                    traced.add(step.name());
                    String output = step.name().substring("output@".length());
                    assertArrayEquals(Arrays.copyOf(expected.get(output), elements.length), elements);
                }
            });
            assertEquals(List.of("output@age", "output@gender", "output@mask"), traced);
            SelfTestReport report = model.selfTest();
            assertTrue(report.passed(), report::toString);
        }
    }

    @Test
    void halvesCostNoMoreThanTheyMay() throws Exception {
        Path file = compiled("halves", SPEC + OUTPUTS, 1, Storage.F16);
        try (CompiledModel exact = CompiledModel.open(jar); CompiledModel halves = CompiledModel.open(file)) {
            assertTrue(halves.selfTest().passed());
            float[] wanted = exact.runAll(images(1)).get("mask");
            float[] found = halves.runAll(images(1)).get("mask");
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(wanted[i], found[i], 1e-2);
            }
        }
    }

    @Test
    void classesOfOneOfThem() {
        try (CompiledModel model = CompiledModel.open(jar)) {
            List<Classification> likely =
                    model.classify(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "gender", 5);
            assertEquals(2, likely.size());
            assertTrue(List.of("female", "male").contains(likely.getFirst().label()));
        }
    }

    @Test
    void whatIsForOneOutputSaysWhatIsForSeveral() {
        String several = "model 'faces' has 3 outputs, 'age', 'gender', 'mask', not one; call ";
        try (CompiledModel model = CompiledModel.open(jar); Session session = model.newSession()) {
            ModelSignature signature = model.signature();
            BufferedImage picture = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
            String run = several + "run(images, List.of(...)) or run(images, Map.of(...))";
            assertRefused(several + "runAll(images)", () -> model.run(images(1)));
            assertRefused(several + "classify(picture, output, count)", () -> model.classify(picture, 1));
            assertRefused(run, () -> session.run(images(1), new float[1]));
            assertRefused(run, () -> session.run(session.input(), session.output(0)));
            assertRefused(several + "output(name) or output(index)", session::output);
            assertRefused(several + "output(name).shape()", signature::outputShape);
            assertRefused(several + "output(name).length()", signature::outputLength);
            assertRefused(several + "output(name).labels()", signature::labels);
            assertRefused(several + "output(name).label(index)", () -> signature.label(0));
            assertRefused(several + "withLabels(name, labels)", () -> signature.withLabels(List.of("a")));
            assertRefused(several + "best(result, count, output)",
                    () -> Classification.best(new float[1], 1, signature));
        }
    }

    @Test
    void whatIsNoneOrTooSmallIsRefused() {
        String none = "model 'faces' has no output 'height'; its outputs are 'age', 'gender', 'mask'";
        try (CompiledModel model = CompiledModel.open(jar); Session session = model.newSession()) {
            float[] images = images(1);
            assertRefused(none, () -> session.run(images, Map.of("height", new float[1])));
            assertRefused(none, () -> session.output("height"));
            assertRefused("model 'faces' has 3 outputs, but 2 results are given",
                    () -> session.run(images, List.of(new float[1], new float[2])));
            assertRefused("results of 'gender' have 1 values, the model wants 2",
                    () -> session.run(images, Map.of("gender", new float[1])));
            assertRefused("results of 'gender' are read-only", () -> session.run(session.input(),
                    Map.of("gender", MemorySegment.ofArray(new float[2]).asReadOnly())));
            assertRefused("images have 1 values, the model wants 432",
                    () -> session.run(new float[1], Map.of("gender", new float[2])));
        }
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(RuntimeException.class, call).getMessage());
    }

    @Test
    void runsAllocateNothing() {
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(1));
                Session session = model.newSession();
                Arena memory = Arena.ofConfined()) {
            MemorySegment images = session.input();
            List<MemorySegment> segments = List.of(memory.allocate(4), memory.allocate(8), memory.allocate(MASK * 4));
            Map<String, MemorySegment> asked = Map.of("gender", segments.get(1));
            float[] array = images(1);
            List<float[]> arrays = List.of(new float[1], new float[2], new float[MASK]);
            Map<String, float[]> askedArrays = Map.of("age", new float[1]);
            assertAllocatesNothing("own", _ -> session.run());
            assertAllocatesNothing("list", _ -> session.run(images, segments));
            assertAllocatesNothing("map", _ -> session.run(images, asked));
            assertAllocatesNothing("arrays", _ -> session.run(array, arrays));
            assertAllocatesNothing("arrays by name", _ -> session.run(array, askedArrays));
            assertAllocatesNothing("segments by name", _ -> session.output("gender"));
        }
    }

    private static void assertAllocatesNothing(String what, Consumer<Void> run) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 200 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run.accept(null);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, what);
    }

    @Test
    void theGeneratedClassHasThemByName() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
                CompiledModel model = CompiledModel.open(jar);
                Session session = model.newSession()) {
            Class<?> type = loader.loadClass("xceptionc.model.faces.FacesModel");
            Object results = type.getMethod("run", CompiledModel.class, float[].class).invoke(null, model, images(1));
            assertArrayEquals(model.runAll(images(1)).get("gender"),
                    (float[]) results.getClass().getMethod("gender").invoke(results));
            assertEquals(session.output(2), type.getMethod("mask", Session.class).invoke(null, session));
        }
    }
}
