package io.xceptionc.benchmarks.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says when it does not measure. */
class CompareTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... words) {
        return new Compare(folder, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(words));
    }

    @Test
    void printsHelp() {
        assertEquals(0, run("--quick", "--help"));
        assertEquals(CompareOptions.HELP, out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void refusesUnknownOptions() {
        assertEquals(2, run("--fast"));
        assertEquals("", out.toString(UTF_8));
        assertEquals("compare: there is no option '--fast'\nsee 'benchmarks/compare --help'\n", err.toString(UTF_8));
    }

    @Test
    void refusesToPublishRoughFigures() {
        assertEquals(2, run("--readme", "--quick"));
        assertEquals("compare: --quick is too rough for --readme\nsee 'benchmarks/compare --help'\n",
                err.toString(UTF_8));
    }

    @Test
    void refusesLayersThatThereAreNot() {
        assertEquals(2, run("--layers=gelo"));
        assertEquals("compare: there is no layer 'gelo'\nsee 'benchmarks/compare --help'\n", err.toString(UTF_8));
    }

    @Test
    void publishesNoLayers() {
        assertEquals(2, run("--layers", "--readme"));
        assertEquals("compare: --layers is not for --readme\nsee 'benchmarks/compare --help'\n", err.toString(UTF_8));
    }

    @Test
    void measuresNothingThatCouldNotBePublished() {
        assertEquals(1, run("--readme"));
        assertEquals("compare: " + folder.resolve("README.md") + ": no such file or folder\n", err.toString(UTF_8));
    }

    @Test
    void saysWhenTheSpecIsNotThere() {
        assertEquals(1, run());
        Path spec = folder.resolve("generated-examples/models/xception.yaml");
        assertEquals("xception: writing the models\ncompare: " + spec + ": no such file or folder\n",
                err.toString(UTF_8));
    }
}
