package io.xceptionc.compiler.lower;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.testing.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The specs of the model zoo are wired as their published definitions, and are as large. */
class ZooTest {

    private static final Path EXAMPLES = Path.of("../../generated-examples");

    @ParameterizedTest
    @CsvSource({"extreme-inception", "factorised-module", "googlenet-module", "xception", "xception-pytorch",
        "xception-shapes", "xception-walkthrough"})
    void isWiredAsPublished(String model) throws IOException {
        List<String> expected = Files.readAllLines(EXAMPLES.resolve("goldens/wiring/" + model + ".csv"));
        assertEquals(expected.stream().skip(1).collect(joining("\n")),
                read(model).layers().stream().map(ZooTest::wiring).collect(joining("\n")));
    }

    @ParameterizedTest
    @CsvSource({"xception, 22910480, 22855952", "xception-pytorch, 22910480, 22855952",
        "xception-walkthrough, 12113384, 12094568"})
    void hasThePublishedNumberOfParameters(String model, long parameters, long trainable) throws IOException {
        Summary summary = Summary.of(read(model));
        assertEquals(parameters, summary.parameters());
        assertEquals(trainable, summary.trainableParameters());
    }

    @Test
    void hasThePublishedNumberOfOperations() throws IOException {
        assertEquals(8.36, Math.round(Summary.of(read("xception")).macs() / 1e7) / 100.0);
    }

    private static Network read(String model) throws IOException {
        SpecText spec = SpecText.of(Files.readString(EXAMPLES.resolve("models/" + model + ".yaml")));
        assertEquals("", spec.report());
        return spec.valid();
    }

    private static String wiring(Node node) {
        return node.name() + "," + node.op().keyword() + ","
                + node.inputs().stream().map(Node::name).collect(joining(" "));
    }
}
