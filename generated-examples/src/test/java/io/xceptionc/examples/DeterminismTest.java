package io.xceptionc.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same spec gives the same jar; the same jar gives the same results, whatever runs it. */
class DeterminismTest {

    private static final List<String> THREADS = List.of("1", "2", "3");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"xception-71x95", "xception-shapes-64x64", "xception-shapes-64x64-trained"})
    void compilesToTheSameBytes(String golden) throws IOException, InvalidInputException {
        assertEquals(-1, Files.mismatch(compiled(golden, "first.jar"), compiled(golden, "second.jar")));
    }

    /** Widths that the machine's vectors do not have are left out. */
    @ParameterizedTest
    @ValueSource(strings = {"xception-71x95", "xception-shapes-64x64"})
    void resultsDependNeitherOnThreadsNorOnVectors(String golden) throws Exception {
        Path jar = compiled(golden, "model.jar");
        float[] values = Golden.named(golden).input();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        Path input = Files.write(folder.resolve("input"), bytes.array());
        List<String> runs = new ArrayList<>();
        for (int bits = 128; bits <= FloatVector.SPECIES_PREFERRED.vectorBitSize(); bits *= 2) {
            runs.addAll(runs(jar, input, bits));
        }
        assertEquals(1, runs.stream().map(run -> run.substring(run.indexOf(':'))).distinct().count(), runs::toString);
    }

    private static List<String> runs(Path jar, Path input, int bits) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                        WidthProbe.class.getName(), jar.toString(), input.toString(), Integer.toString(bits)));
        command.addAll(THREADS);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = process.inputReader(UTF_8).lines().toList();
        assertEquals(0, process.waitFor());
        assertEquals(THREADS.stream().map(threads -> bits + " bits, " + threads + " threads").toList(),
                lines.stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
        return lines;
    }

    private Path compiled(String golden, String file) throws IOException, InvalidInputException {
        Path jar = folder.resolve(file);
        Compiler.compile(Golden.named(golden).options(), jar, _ -> {
        });
        return jar;
    }
}
