package io.xceptionc.compiler;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.testing.JarEntries;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelClosedException;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a compiled model promises beyond its numbers: threads, lifetime, damaged files. */
class CompiledModelTest {

    private static final int INPUT = 12 * 12 * 3;
    private static final int OUTPUT = 5;

    @TempDir
    private static Path folder;

    private static Path jar;
    private static Path batchJar;

    @BeforeAll
    static void compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("small.yaml"), """
                model: small
                input: {shape: [12, 12, 3]}
                labels: [a, b, c, d, e]
                layers:
                  - conv2d: {filters: 40, kernel: 3, stride: 2}
                  - residual: {body: [relu, {separable_conv2d: {filters: 40, kernel: 3, padding: same}}, batch_norm]}
                  - global_avg_pool2d
                  - dense: {units: 5, activation: softmax}
                """);
        jar = folder.resolve("small.jar");
        batchJar = folder.resolve("batch.jar");
        CompilerOptions options = CompilerOptions.of(spec).withSeed(3);
        Compiler.compile(options, jar, stage -> {
        });
        Compiler.compile(options.withBatch(3), batchJar, stage -> {
        });
    }

    private static float[] images(int count) {
        Random random = new Random(count);
        float[] images = new float[count * INPUT];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat() * 2 - 1;
        }
        return images;
    }

    @Test
    void aBatchIsItsImagesOneByOne() {
        float[] images = images(3);
        try (CompiledModel single = CompiledModel.open(jar); CompiledModel batch = CompiledModel.open(batchJar)) {
            float[] together = batch.run(images);
            for (int i = 0; i < 3; i++) {
                float[] alone = single.run(Arrays.copyOfRange(images, i * INPUT, (i + 1) * INPUT));
                assertArrayEquals(alone, Arrays.copyOfRange(together, i * OUTPUT, (i + 1) * OUTPUT));
            }
        }
    }

    @Test
    void memoryOnAndOffTheHeapGivesTheSame() {
        float[] image = images(1);
        float[] results = new float[OUTPUT];
        try (CompiledModel model = CompiledModel.open(jar); Session session = model.newSession()) {
            session.run(MemorySegment.ofArray(image), MemorySegment.ofArray(results));
            assertArrayEquals(model.run(image), results);
            assertThrows(IllegalArgumentException.class, () -> session.run(new float[INPUT - 1], results));
            assertThrows(IllegalArgumentException.class, () -> session.run(image, new float[OUTPUT - 1]));
        }
    }

    @Test
    void memoryThatCannotBeUsedFailsThatRunAlone() {
        MemorySegment image = MemorySegment.ofArray(images(1));
        MemorySegment results = MemorySegment.ofArray(new float[OUTPUT]);
        try (CompiledModel model = CompiledModel.open(jar);
                Session session = model.newSession();
                Arena confined = Arena.ofConfined()) {
            MemorySegment closed;
            try (Arena ended = Arena.ofShared()) {
                closed = ended.allocate(4 * INPUT);
            }
            MemorySegment own = confined.allocate(4 * INPUT);
            assertFails(IllegalStateException.class, session, closed, results);
            assertFails(IllegalStateException.class, session, image, closed);
            assertFails(WrongThreadException.class, session, own, results);
            assertFails(WrongThreadException.class, session, image, own);
            assertFails(IllegalArgumentException.class, session, image, results.asReadOnly());
            session.run(own.copyFrom(image), results);
            assertArrayEquals(model.run(images(1)), results.toArray(ValueLayout.JAVA_FLOAT));
            MemorySegment unaligned = MemorySegment.ofArray(new byte[4 * INPUT + 1]).asSlice(1);
            session.run(unaligned.copyFrom(image), results);
            assertArrayEquals(model.run(images(1)), results.toArray(ValueLayout.JAVA_FLOAT));
        }
    }

    /** In another thread. */
    private static void assertFails(Class<? extends Exception> type, Session session, MemorySegment image,
            MemorySegment results) {
        FutureTask<Boolean> run = new FutureTask<>(() -> session.run(image, results), true);
        Thread.startVirtualThread(run);
        assertEquals(type, assertThrows(ExecutionException.class, run::get).getCause().getClass());
    }

    /** By the model, by sessions of their own, and by one that they share. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyThreadsGetTheAnswersToTheirOwnImages(boolean virtual) throws Exception {
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(2));
                Session shared = model.newSession();
                ExecutorService threads = virtual
                        ? Executors.newVirtualThreadPerTaskExecutor()
                        : Executors.newFixedThreadPool(4)) {
            List<float[]> images = IntStream.range(1, 9).mapToObj(i -> Arrays.copyOf(images(i), INPUT)).toList();
            List<float[]> expected = images.stream().map(model::run).toList();
            List<Callable<float[]>> runs = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                float[] image = images.get(i % images.size());
                runs.add(switch (i % 3) {
                    case 0 -> () -> model.run(image);
                    case 1 -> () -> answer(shared, image);
                    default -> () -> {
                        try (Session own = model.newSession()) {
                            return answer(own, image);
                        }
                    };
                });
            }
            List<Future<float[]>> answers = threads.invokeAll(runs);
            for (int i = 0; i < answers.size(); i++) {
                assertArrayEquals(expected.get(i % images.size()), answers.get(i).get());
            }
        }
    }

    private static float[] answer(Session session, float[] image) {
        float[] results = new float[OUTPUT];
        session.run(image, results);
        return results;
    }

    @Test
    void closingWhileOthersRunEndsThemWithATypedError() throws Exception {
        CompiledModel model = CompiledModel.open(jar);
        float[] image = images(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<Integer> runUntilClosed = () -> {
                for (int runs = 0;; runs++) {
                    try {
                        model.run(image);
                    } catch (ModelClosedException _) {
                        return runs;
                    }
                }
            };
            List<Future<Integer>> running = List.of(threads.submit(runUntilClosed), threads.submit(runUntilClosed));
            Thread.sleep(200);
            model.close();
            for (Future<Integer> run : running) {
                assertTrue(run.get() >= 0);
            }
        }
    }

    @Test
    void whatIsNoModelIsRefusedWithAWayOut() throws IOException {
        Path missing = folder.resolve("missing.jar");
        assertEquals(missing + ": no such file", refusal(missing));
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertEquals(text + " is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar", refusal(text));
        byte[] whole = Files.readAllBytes(jar);
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(refusal(cut).startsWith(cut + " is no readable jar file: "), refusal(cut));
    }

    @Test
    void damagedWeightsAreNoticed() throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        bytes[weightsOffset(bytes) + 5] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.jar"), bytes);
        assertTrue(refusal(damaged).startsWith("the weights of xceptionc.model.small.Small "), refusal(damaged));
    }

    @Test
    void weightsOfAnotherLengthThanDeclaredAreRefusedBeforeMemoryIsTaken() throws IOException {
        long bytes = Files.size(jar) / 4 * 4;
        Path lying = rewritten("lying.jar", "Small.properties",
                text -> text.replaceFirst("constants.bytes = [0-9]+", "constants.bytes = " + (bytes << 40)));
        assertTrue(refusal(lying).endsWith(" bytes, not " + (bytes << 40) + "; compile the model again"),
                refusal(lying));
    }

    @Test
    void onlyAClassInTheJarItselfIsLoaded() throws IOException {
        Path other = rewritten("other.jar", "MANIFEST.MF",
                text -> text.replaceFirst("Xceptionc-Model: .*", "Xceptionc-Model: " + Compiler.class.getName()));
        assertEquals(
                other + " names the class io.xceptionc.compiler.api.Compiler, which is not in it; compile the model"
                        + " again",
                refusal(other));
        Path missing = rewritten("nowhere.jar", "MANIFEST.MF",
                text -> text.replaceFirst("Xceptionc-Model: .*", "Xceptionc-Model: no.Where"));
        assertEquals(missing + " names the class no.Where, which is not in it; compile the model again",
                refusal(missing));
    }

    /** The jar with the text of one entry changed. */
    private static Path rewritten(String name, String entryEnding, UnaryOperator<String> change) throws IOException {
        Path changed = folder.resolve(name);
        try (ZipFile zip = new ZipFile(jar.toFile());
                ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                copy.putNextEntry(new ZipEntry(entry.getName()));
                copy.write(entry.getName().endsWith(entryEnding)
                        ? change.apply(new String(bytes, US_ASCII)).getBytes(US_ASCII)
                        : bytes);
                copy.closeEntry();
            }
        }
        return changed;
    }

    @Test
    void weightsLieStoredAndAlignedInTheJar() throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry weights = zip.getEntry("xceptionc/model/small/Small.weights");
            assertEquals(ZipEntry.STORED, weights.getMethod());
        }
        assertEquals(0, weightsOffset(Files.readAllBytes(jar)) % 64);
    }

    @Test
    void aNoteOnLicencesLiesInTheJar() throws Exception {
        assertEquals("Spec and weights: the spec names no licence; ask those who made them.",
                JarEntries.of(jar).text("META-INF/LICENSE").lines().toList().get(2));
        Path spec = Files.writeString(folder.resolve("free.yaml"), """
                model: free
                license: Apache-2.0
                input: {shape: [2, 2, 3]}
                layers: [flatten, {dense: {units: 2}}]
                """);
        Path free = folder.resolve("free.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(1), free, _ -> {
        });
        String note = JarEntries.of(free).text("META-INF/LICENSE");
        assertTrue(note.startsWith("Model 'free'\n\nSpec and weights: Apache-2.0\n"), note);
    }

    /** Where the weights begin: after the local header, whose name and extra field have the lengths at 26 and 28. */
    private static int weightsOffset(byte[] jarBytes) {
        byte[] name = "xceptionc/model/small/Small.weights".getBytes(US_ASCII);
        for (int start = 30;; start++) {
            if (Arrays.equals(jarBytes, start, start + name.length, name, 0, name.length)) {
                int extra = (jarBytes[start - 2] & 0xff) + (jarBytes[start - 1] & 0xff) * 256;
                return start + name.length + extra;
            }
        }
    }

    static String refusal(Path file) {
        return assertThrows(ModelException.class, () -> CompiledModel.open(file).close()).getMessage();
    }
}
