package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class SummaryVerbTest {

    private static final Path XCEPTION = Path.of("../../generated-examples/models/xception.yaml");

    @TempDir
    private Path folder;

    private Path tiny() throws IOException {
        return Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
    }

    @Test
    void table() throws IOException {
        assertEquals(new Invocation(0, """
                tiny, input 8 x 8 x 3
                arrays: the network's input as it is

                layer                   op                    output  parameters   MACs
                stem                    conv2d             8 x 8 x 4         112  6,912
                stem_bn                 batch_norm         8 x 8 x 4          16      0
                stem_relu               relu               8 x 8 x 4           0      0
                sep                     separable_conv2d   8 x 8 x 8          76  4,352
                pool                    global_avg_pool2d          8           0      0
                predictions             dense                      3          27     24
                predictions_activation  softmax                    3           0      0

                7 layers, 231 parameters (223 trainable), 11,288 MACs
                """, ""), Invocation.of("summary", tiny()));
    }

    @Test
    void inputOfAnotherSize() throws IOException {
        List<String> lines = Invocation.of("summary", tiny(), "--input", "4x16").out().lines().toList();
        assertAll(() -> assertEquals("tiny, input 4 x 16 x 3", lines.getFirst()),
                () -> assertEquals("stem                    conv2d             4 x 16 x 4         112  6,912",
                        lines.get(4)));
    }

    @Test
    void json() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), """
                model: small
                input: {shape: [4, 6, 3]}
                layers:
                  - conv2d: {name: stem, filters: 2, kernel: 1}
                  - global_avg_pool2d
                """);
        assertEquals(new Invocation(0, """
                {
                  "model": "small",
                  "arrays": "scaled",
                  "parameters": 8,
                  "trainableParameters": 8,
                  "macs": 144,
                  "layers": [ {
                    "name": "stem",
                    "op": "conv2d",
                    "output": [ 4, 6, 2 ],
                    "parameters": 8,
                    "macs": 144,
                    "line": 4
                  }, {
                    "name": "global_avg_pool2d",
                    "op": "global_avg_pool2d",
                    "output": [ 2 ],
                    "parameters": 0,
                    "macs": 0,
                    "line": 5
                  } ]
                }
                """, ""), Invocation.of("summary", spec, "--format", "json"));
    }

    @Test
    void xceptionHasThePublishedNumberOfParameters() {
        Invocation summary = Invocation.of("summary", XCEPTION, "--format", "json");
        assertAll(() -> assertEquals(0, summary.status()),
                () -> assertEquals("xception", property(summary.out(), "model")),
                () -> assertEquals("22910480", property(summary.out(), "parameters")),
                () -> assertEquals("22855952", property(summary.out(), "trainableParameters")));
    }

    /** The value of a property of the outermost object. */
    private static String property(String json, String name) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(name);
                parser.nextToken();
                if (found) {
                    return parser.getString();
                }
                parser.skipChildren();
            }
            throw new AssertionError("no property " + name + " in " + json);
        }
    }

    @Test
    void aWrongSpec() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), "model: m\n");
        assertEquals(1, Invocation.of("summary", spec).status());
    }
}
