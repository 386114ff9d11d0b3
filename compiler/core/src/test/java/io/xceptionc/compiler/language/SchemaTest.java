package io.xceptionc.compiler.language;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema says what the table of keywords says, and accepts what the parser accepts. */
class SchemaTest {

    private static final Path SCHEMA = Path.of("src/main/resources/io/xceptionc/compiler/spec/xceptionc.schema.json");
    private static final Path MODELS = Path.of("../../generated-examples/models");
    private static final Path BAD = Path.of("src/test/resources/io/xceptionc/compiler/lower/bad");
    private static final Set<DiagnosticCode> KNOWN_TO_SCHEMAS = Set.of(DiagnosticCode.E103, DiagnosticCode.E107);

    @Test
    void isMadeFromTheTable() throws IOException {
        Golden.assertMatches(SCHEMA, SchemaText.write());
    }

    @ParameterizedTest
    @MethodSource("models")
    void acceptsTheZoo(Path model) throws IOException {
        assertEquals("", complaints(Files.readString(model)));
    }

    @ParameterizedTest
    @MethodSource("specsWithUnknownWords")
    void refusesUnknownWords(Path spec) throws IOException {
        assertNotEquals("", complaints(Files.readString(spec)));
    }

    static List<Path> models() throws IOException {
        return yamlFiles(MODELS);
    }

    static List<Path> specsWithUnknownWords() throws IOException {
        List<Path> specs = new ArrayList<>();
        for (Path spec : yamlFiles(BAD)) {
            Diagnostics diagnostics = new Diagnostics();
            SpecParser.parse("bad.yaml", Files.readString(spec), diagnostics);
            if (diagnostics.sorted().stream().anyMatch(problem -> KNOWN_TO_SCHEMAS.contains(problem.code()))) {
                specs.add(spec);
            }
        }
        return specs;
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    /** What the schema says against a spec; empty if nothing. */
    static String complaints(String spec) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
        return schema.validate(spec, InputFormat.YAML).stream().map(Error::toString).collect(joining("\n"));
    }
}
