package io.xceptionc.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorCompilerTest {

    private static final String NO_COMPILER =
            "WARNING: this JVM has no optimising compiler (C2), or was told not to use it (-Xint,"
                    + " -XX:TieredStopAtLevel, -XX:CompilationMode): results are right, but come hundreds of times later\n";
    private static final String NO_MULTIPLY_ADD =
            "WARNING: this CPU has no fused multiply-add, or the JVM was told not to use it"
                    + " (-XX:-UseFMA): results are right, but come hundreds of times later\n";

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3",
        "-XX:CompilationMode=quick-only", "-XX:-UseCompiler"})
    void itsAbsenceIsLoggedOnce(String option) throws Exception {
        assertOnce(NO_COMPILER, opening(option));
    }

    @Test
    void theAbsenceOfFusedMultiplyAddIsLoggedOnce() throws Exception {
        assertOnce(NO_MULTIPLY_ADD, opening("-XX:-UseFMA"));
    }

    private static void assertOnce(String warning, String output) {
        assertTrue(output.contains(warning), output);
        assertEquals(output.indexOf(warning), output.lastIndexOf(warning), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseFMA", "-XX:-TieredCompilation", "-XX:CompilationMode=high-only",
        "-Xcomp -XX:CompileCommand=quiet -XX:CompileCommand=compileonly,io.xceptionc.*::*"})
    void nothingIsSaidWhereItIs(String options) throws Exception {
        String output = opening(options);
        assumeTrue(!output.contains("FMA instructions are not available"));
        assertEquals("", output.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", ""));
    }

    private static String opening(String options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                Opening.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(600, TimeUnit.SECONDS) && process.exitValue() == 0, output);
        return output;
    }

    /** Opens two models in a JVM of its own. */
    static final class Opening {

        private Opening() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                ModelResources.open(TinyModel.intact().generated(), OpenOptions.DEFAULT, Grants.OF_THE_SYSTEM, () -> {
                }).close();
            }
        }
    }
}
