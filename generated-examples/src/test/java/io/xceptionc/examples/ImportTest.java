package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.raise.ImportSettings;
import io.xceptionc.compiler.raise.ImportedSpec;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.compiler.weights.bind.BoundWeights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The zoo's networks, written as specs from nothing but their graphs, are the zoo's networks again. */
class ImportTest {

    /** What a spec written from a graph may be longer than one written by hand. */
    private static final double LONGEST = 1.6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Golden#onePerSpec")
    void comesBackAsTheSameNetwork(Golden golden) throws IOException, InvalidInputException {
        LoweredNetwork network = Zoo.network(golden.spec(), Optional.of(golden.size()));
        for (NamingConvention convention : NamingConvention.values()) {
            LoweredNetwork again = written(ImportedSpec.of(network.graph(), settings(network, convention)));
            assertArrayEquals(InterpretedAnswers.to(golden), InterpretedAnswers.to(again.graph(), golden));
            assertEquals(Summary.of(network).parameters(), Summary.of(again).parameters());
            assertEquals(network.spec().input().pictures(), again.spec().input().pictures());
        }
    }

    private static ImportSettings settings(LoweredNetwork network, NamingConvention convention) {
        ImportSettings settings = ImportSettings.of(convention);
        return network.spec().input().pictures().map(settings::withPictures).orElse(settings);
    }

    private LoweredNetwork written(ImportedSpec imported) throws IOException, InvalidInputException {
        Path weightsFile = folder.resolve("weights.safetensors");
        try (OutputStream stream = Files.newOutputStream(weightsFile)) {
            imported.writeWeights(stream);
        }
        Diagnostics diagnostics = new Diagnostics();
        Spec spec = SpecParser.parse("imported.yaml", imported.text(), diagnostics).orElseThrow();
        try (TensorSource source = FileFormat.open(weightsFile)) {
            DeclaredWeights declared = new DeclaredWeights(Lowering.convention(spec), new Diagnostics());
            Lowering.lower(spec, Optional.empty(), declared, new Diagnostics());
            BoundWeights weights = BoundWeights.of(source, declared.wanted(), Lowering.convention(spec), List.of(),
                    BindingOptions.AUTO, diagnostics);
            Optional<LoweredNetwork> network = Lowering.lower(spec, Optional.empty(), weights, diagnostics);
            weights.finish();
            assertEquals(List.of(), diagnostics.sorted(), imported::text);
            return network.orElseThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Zoo#names")
    void isNotMuchLongerThanByHand(String name) throws IOException, InvalidInputException {
        String imported = imported(name);
        long byHand = lineCount(Files.readString(Zoo.spec(name)));
        assertTrue(lineCount(imported) <= LONGEST * byHand, () -> lineCount(imported) + " lines, by hand " + byHand);
    }

    /** What the texts look like; {@code -Dgoldens.update} writes them anew. */
    @ParameterizedTest
    @ValueSource(strings = {"xception", "xception-walkthrough", "factorised-module"})
    void readsAsIfWrittenByHand(String name) throws IOException, InvalidInputException {
        Path file = Path.of("goldens", "imported", name + ".yaml");
        String imported = imported(name);
        if (System.getProperty("goldens.update") != null) {
            Files.writeString(file, imported);
        }
        assertEquals(Files.readString(file), imported);
    }

    private static String imported(String name) throws IOException, InvalidInputException {
        LoweredNetwork network = Zoo.network(name, Optional.empty());
        return ImportedSpec.of(network.graph(), settings(network, Lowering.convention(network.spec()))).text();
    }

    private static long lineCount(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).count();
    }
}
