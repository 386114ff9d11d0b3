package io.xceptionc.compiler.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherModelTest {

    private static final Path REAL = Path.of("src/test/resources/io/xceptionc/compiler/foreign/real");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            saved_model.pb | \001abc | SAVED_MODEL_FILE
            frozen.pb | \003abc | FROZEN_GRAPH
            any | ~\034\001\001\001TFL3~ | LITE
            model.json | {"format": "graph-model", "modelTopology": {"node": []}} | BROWSER_GRAPH
            weights.json | [{"weights": [{"name": "a", "shape": [1], "dtype": "float32"}]}] | BROWSER_WEIGHTS
            arch.json | {"module": "keras", "class_name": "Functional", "config": {}} | KERAS_CONFIG
            model.ckpt-1.index | abc | CHECKPOINT
            x.data-00000-of-00001 | abc | CHECKPOINT
            m.mlmodel | abc | CORE_ML
            m.xml | <?xml version="1.0"?><net name="m"> | OPEN_VINO
            m.pt | ~\200\002}~ | TORCH
            x.npy | \223NUMPY | NUMPY
            spec.yaml | model: m | NONE
            spec.json | {"model": "m", "layers": ["relu"]} | NONE
            model.pb.txt | abc | NONE
            """)
    void whatAFileIs(String name, String beginning, String expected) throws IOException {
        Path file = Files.write(folder.resolve(name), beginning.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(expected, OtherModel.of(file).map(Enum::name).orElse("NONE"));
    }

    @ParameterizedTest
    @CsvSource({"script, TORCH_SCRIPT", "small, TORCH", "model, TORCH", "small-legacy, TORCH"})
    void whatAFileOfPyTorchIs(String name, String expected) {
        Path file = Path.of("src/test/resources/io/xceptionc/compiler/format/pytorch/" + name + ".pt");
        assertEquals(expected, OtherModel.of(file).map(Enum::name).orElse("NONE"));
    }

    @Test
    void aFolderIsNamedWithTheCommandThatMakesOnnxOfIt() throws IOException {
        Path saved = Files.createDirectories(folder.resolve("saved"));
        Files.writeString(saved.resolve("saved_model.pb"), "x");
        InvalidInputException refused = assertThrows(InvalidInputException.class,
                () -> ForeignFormat.read(saved, "m", Optional.empty()));
        assertEquals("is a SavedModel of TensorFlow", refused.diagnostics().getFirst().message());
        assertEquals("make ONNX of it: pip install tf2onnx; python -m tf2onnx.convert --saved-model " + saved
                + " --output model.onnx", refused.diagnostics().getFirst().help());
    }

    @Test
    void aConfigOfKerasTakesItsWeightsFromAnotherFile() throws Exception {
        Path config = Files.copy(REAL.resolve("keras-config/model.json"), folder.resolve("lone.json"));
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> ForeignFormat.read(config, "m", Optional.empty()));
        assertEquals(
                config + ": error[E502]: is the configuration of a Keras model, without its weights (say where they"
                        + " are, --weights WEIGHTS.h5, or put them beside it under its name, ending with .h5)",
                HandmadeSafetensors.text(refused.diagnostics()));
        Path weights = REAL.resolve("keras-config/model.weights.h5");
        assertEquals(List.of("the weights are those of " + weights),
                ForeignFormat.read(config, Optional.of(weights), "m", Optional.empty()).findings());
    }
}
