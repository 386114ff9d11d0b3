package io.xceptionc.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java Flight Recorder hears of runs, and that it costs nothing where nobody records. */
class FlightRecordingTest {

    private static final String STEP = "io.xceptionc.Step";
    private static final String INFERENCE = "io.xceptionc.Inference";

    /** The stem: 6 x 6 results of 40 channels, each from 3 x 3 x 3 numbers; 13 x 13 x 3 numbers in, 40 x 28 weights. */
    private static final ModelStep STEM =
            new ModelStep("stem", "conv2d", List.of(), 6 * 6 * 40 * 27, 4 * (13 * 13 * 3 + 6 * 6 * 40 + 40 * 28));

    @TempDir
    private static Path folder;

    private static Path jar;

    @BeforeAll
    static void compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("recorded.yaml"), """
                model: recorded
                input: {shape: [13, 13, 3]}
                layers:
                  - conv2d: {name: stem, filters: 40, kernel: 3, stride: 2}
                  - relu
                  - separable_conv2d: {name: sep, filters: 40, kernel: 3, padding: same}
                  - global_avg_pool2d: {name: pool}
                  - dense: {name: predictions, units: 5}
                """);
        jar = folder.resolve("recorded.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(3).withBatch(2), jar, _ -> {
        });
    }

    private static List<RecordedEvent> record(CompiledModel model, String... disabled) throws IOException {
        Path file = folder.resolve("test.jfr");
        try (Recording recording = new Recording(); Session session = model.newSession()) {
            for (String name : disabled) {
                recording.disable(name);
            }
            recording.start();
            session.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.xceptionc.")).toList();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    }

    @Test
    void aRunAndEachOfItsStepsForEachImage() throws IOException {
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(2))) {
            List<RecordedEvent> events = record(model);
            List<RecordedEvent> steps = named(events, STEP);
            List<String> names = model.steps().stream().map(ModelStep::name).toList();
            assertEquals(List.of("input", "stem", "sep", "pool", "predictions", "output"), names);
            assertEquals(Collections.nCopies(2, names).stream().flatMap(List::stream).toList(),
                    steps.stream().map(event -> event.getString("step")).toList());
            RecordedEvent inference = named(events, INFERENCE).getFirst();
            Duration ofSteps = steps.stream().map(RecordedEvent::getDuration).reduce(Duration.ZERO, Duration::plus);
            assertAll(() -> assertEquals(1, named(events, INFERENCE).size()),
                    () -> assertEquals("recorded", inference.getString("model")),
                    () -> assertEquals(2, inference.getInt("images")),
                    () -> assertEquals(2, inference.getInt("threads")),
                    () -> assertTrue(ofSteps.isPositive() && ofSteps.compareTo(inference.getDuration()) <= 0,
                            ofSteps + " of " + inference.getDuration()));
        }
    }

    @Test
    void whatAStepConsistsOf() throws IOException {
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(1))) {
            RecordedEvent stem = named(record(model), STEP).get(1);
            ModelStep step = model.steps().get(1);
            assertAll(() -> assertEquals(new ModelStep("stem", "conv2d", step.kernels(), STEM.multiplyAccumulates(),
                    STEM.bytes()), step),
                    () -> assertFalse(step.kernels().isEmpty()),
                    () -> assertEquals("recorded", stem.getString("model")),
                    () -> assertEquals(1, stem.getInt("index")),
                    () -> assertEquals("stem", stem.getString("step")),
                    () -> assertEquals("conv2d", stem.getString("operator")),
                    () -> assertEquals(String.join("+", step.kernels()), stem.getString("kernels")),
                    () -> assertEquals(STEM.multiplyAccumulates(), stem.getLong("macs")),
                    () -> assertEquals(STEM.bytes(), stem.getLong("bytes")),
                    () -> assertEquals(1, stem.getInt("threads")));
        }
    }

    @Test
    void onlyWhatIsEnabled() throws IOException {
        try (CompiledModel model = CompiledModel.open(jar)) {
            assertAll(() -> assertEquals(1, record(model, STEP).size()),
                    () -> assertEquals(2 * model.steps().size(), record(model, INFERENCE).size()),
                    () -> assertEquals(List.of(), record(model, STEP, INFERENCE)));
        }
    }

    /** In a fresh JVM whose class loading is logged. */
    @Test
    void whereNobodyRecordsNoEventIsLoaded() throws Exception {
        Path log = folder.resolve("classes.log");
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-Xlog:class+load:file=" + log, "-cp",
                System.getProperty("java.class.path"), KernelProbe.class.getName(), jar.toString(), "3");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0, output);
        Pattern event = Pattern.compile(" (jdk\\.jfr\\.Event|io\\.xceptionc\\.\\S*Event) ");
        assertEquals(List.of(), Files.readAllLines(log).stream().filter(event.asPredicate()).toList());
    }
}
