package io.xceptionc.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FusedMultiplyAddTest {

    private static final String WARNING =
            "WARNING: this CPU has no fused multiply-add, or the JVM was told not to use it"
                    + " (-XX:-UseFMA): results are right, but come hundreds of times later\n";

    @Test
    void itsAbsenceIsLoggedOnce() throws Exception {
        String output = opening("-XX:-UseFMA");
        assertTrue(output.contains(WARNING), output);
        assertEquals(output.indexOf(WARNING), output.lastIndexOf(WARNING), output);
    }

    @Test
    void nothingIsSaidWhereItIs() throws Exception {
        String output = opening("-XX:+UseFMA");
        assumeTrue(!output.contains("FMA instructions are not available"));
        assertEquals("", output.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", ""));
    }

    private static String opening(String option) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option,
                "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                Opening.class.getName()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, output);
        return output;
    }

    /** Opens a model in a JVM of its own. */
    static final class Opening {

        private Opening() {}

        public static void main(String[] arguments) {
            ModelResources.open(TinyModel.intact().generated(), OpenOptions.DEFAULT, Arena::ofShared, () -> {
            }).close();
        }
    }
}
