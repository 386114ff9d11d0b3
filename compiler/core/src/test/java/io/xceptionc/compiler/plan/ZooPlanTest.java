package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.PlanReport;
import io.xceptionc.compiler.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The plans of the zoo, as people read them. */
class ZooPlanTest {

    private static final Path MODELS = Path.of("..", "..", "generated-examples", "models");

    private static List<String> models() throws Exception {
        try (Stream<Path> files = Files.list(MODELS)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length())).sorted().toList();
        }
    }

    private static PlanReport plan(String model) throws Exception {
        return Compiler.plan(CompilerOptions.of(MODELS.resolve(model + ".yaml")).withSeed(1));
    }

    @ParameterizedTest
    @MethodSource("models")
    void isAsItWas(String model) throws Exception {
        Golden.assertMatches(Golden.folder(ZooPlanTest.class).resolve(model + ".plan"), plan(model).text());
    }

    @Test
    void programsReadTheSame() throws Exception {
        PlanReport plan = plan("mobilenet-v2");
        assertTrue(plan.json().lines().count() == 1, plan.json());
        List<String> names = textsOf("name", plan.json());
        assertEquals(names.stream().distinct().toList(),
                plan.text().lines().filter(line -> !line.startsWith(" ") && !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf(':'))).toList());
        Map<String, Long> algorithms = textsOf("algorithm", plan.json()).stream()
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertEquals(
                Map.of("im2col product", 18L, "depthwise rows, product", 17L, "matrix-vector product", 1L, "direct",
                        3L),
                algorithms);
    }

    private static List<String> textsOf(String property, String json) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            Stream.Builder<String> texts = Stream.builder();
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && property.equals(parser.currentName())) {
                    texts.add(parser.getString());
                }
            }
            return texts.build().toList();
        }
    }
}
