package io.xceptionc.compiler.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.safetensors.SafetensorsWriter;
import io.xceptionc.compiler.testing.WatchedFiles;
import io.xceptionc.compiler.testing.WatchedFiles.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that a compilation asks of the file system fails in turn: the first time, the second, and so on until
 * nothing does. Each time it is said in a typed error, nothing half-written stays, nothing is left open, and the next
 * attempt gets further.
 */
class CompilerFaultsTest {

    private static final String SPEC = """
            model: tiny
            input: {shape: [4, 4, 3]}
            labels: labels.txt
            layers:
              - global_avg_pool2d
              - dense: {name: d, units: 2}
            """;

    @TempDir
    private Path folder;

    /** Lets one operation fail. */
    private static final class Fault implements WatchedFiles.Observer {

        private final int number;
        private int count;
        private String failed = "";

        Fault(int number) {
            this.number = number;
        }

        @Override
        public void before(Operation operation, Path path) throws IOException {
            count++;
            if (count == number) {
                failed = operation + " " + path.getFileName();
                throw new IOException("the disk is gone");
            }
        }
    }

    private interface Attempt {
        void of(Path watched) throws IOException, InvalidInputException;
    }

    @BeforeEach
    void writeInputs() throws IOException {
        Files.writeString(folder.resolve("tiny.yaml"), SPEC);
        Files.writeString(folder.resolve("labels.txt"), "cat\ndog\n");
        new SafetensorsWriter().add("d/kernel", List.of(3, 2), new float[] {1, 2, 3, 4, 5, 6})
                .add("d/bias", List.of(2), new float[] {7, 8}).writeTo(folder.resolve("tiny.safetensors"));
    }

    private static CompilerOptions options(Path folder) {
        return CompilerOptions.of(folder.resolve("tiny.yaml")).withWeights(folder.resolve("tiny.safetensors"))
                .withoutSelfTest();
    }

    /**
     * Attempts something with each operation failing in turn.
     *
     * @param there whether the files that it makes are there before
     * @param outputs those files, which are as they were or whole after each attempt
     */
    private void attempt(Attempt attempt, boolean there, List<String> outputs)
            throws IOException, InvalidInputException {
        attempt.of(folder);
        List<byte[]> whole = contents(outputs);
        List<String> failed = new ArrayList<>();
        for (Fault fault = new Fault(1); failed.size() == fault.number - 1; fault = new Fault(fault.number + 1)) {
            List<byte[]> before = reset(outputs, there);
            List<String> names = names();
            names.addAll(outputs);
            Path watched = WatchedFiles.path(folder, fault);
            boolean done = succeeds(attempt, watched, fault);
            assertEquals(0, WatchedFiles.openChannels(watched), fault.failed);
            requireOldOrWhole(outputs, before, whole, done, fault.failed);
            List<String> left = names();
            left.removeAll(names);
            assertEquals(List.of(), left, fault.failed);
            if (!fault.failed.isEmpty()) {
                failed.add(fault.failed);
            }
        }
        assertTrue(failed.size() > 15, failed::toString);
    }

    private static boolean succeeds(Attempt attempt, Path watched, Fault fault) {
        try {
            attempt.of(watched);
            return true;
        } catch (IOException | InvalidInputException typed) {
            assertFalse(fault.failed.isEmpty(), typed::toString);
            assertTrue(String.valueOf(typed.getMessage()).length() > 10, fault.failed);
            return false;
        } catch (RuntimeException | Error other) {
            return fail(fault.failed + " ends in " + other, other);
        }
    }

    private List<byte[]> reset(List<String> outputs, boolean there) throws IOException {
        for (String output : outputs) {
            if (there) {
                Files.writeString(folder.resolve(output), "old");
            } else {
                Files.deleteIfExists(folder.resolve(output));
            }
        }
        return contents(outputs);
    }

    private List<byte[]> contents(List<String> files) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (String file : files) {
            Path path = folder.resolve(file);
            contents.add(Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
        }
        return contents;
    }

    private void requireOldOrWhole(List<String> outputs, List<byte[]> before, List<byte[]> whole, boolean done,
            String failed) throws IOException {
        List<byte[]> after = contents(outputs);
        for (int i = 0; i < outputs.size(); i++) {
            if (done || after.get(i).length > before.get(i).length) {
                assertArrayEquals(whole.get(i), after.get(i), outputs.get(i) + " after " + failed);
            } else {
                assertArrayEquals(before.get(i), after.get(i), outputs.get(i) + " after " + failed);
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/')).toList());
        }
    }

    @Test
    void compilation() throws Exception {
        attempt(watched -> Compiler.compile(options(watched), watched.resolve("tiny.jar"), stage -> {
        }), true, List.of("tiny.jar"));
    }

    @Test
    void generationOfSources() throws Exception {
        String place = "xceptionc/model/tiny/Tiny";
        attempt(watched -> Compiler.generate(options(watched), watched.resolve("java"), watched.resolve("resources")),
                false,
                List.of("java/" + place + ".java", "java/" + place + "Model.java", "java/" + place + "Kernels.java",
                        "java/" + place + "Kernels128.java", "java/" + place + "Kernels256.java",
                        "java/" + place + "Kernels512.java", "resources/" + place + ".properties",
                        "resources/" + place + ".labels", "resources/" + place + ".weights"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void export(boolean there) throws Exception {
        attempt(watched -> Compiler.export(options(watched), watched.resolve("tiny.onnx")), there,
                List.of("tiny.onnx"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void importOfAnotherToolsModel(boolean there) throws Exception {
        Compiler.export(options(folder), folder.resolve("model.onnx"));
        attempt(watched -> ModelImport.write(ImportOptions.of(watched.resolve("model.onnx")), watched), there,
                List.of("model.yaml", "model.safetensors"));
    }
}
