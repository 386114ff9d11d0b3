package io.xceptionc.compiler.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import io.xceptionc.compiler.format.zip.HandmadeZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormatTest {

    private static final String HELP =
            "weights are read from safetensors files, from what Keras saves, from state dicts"
                    + " of PyTorch, from layers models of TensorFlow.js and from ONNX models; in Python, torch.save(model.state_dict(), path) or"
                    + " model.save_weights('model.weights.h5') writes them";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            89504e470d0a1a0a0000 | a PNG picture
            ffd8ffe000104a464946 | a JPEG picture
            474946383961         | a GIF picture
            8002637464           | a Python pickle
            934e554d505901007600 | a NumPy array
            6d6f64656c3a20780a6c | a text
            """)
    void whatIsNoWeightsIsNamed(String beginning, String kind) throws IOException {
        Path file = Files.write(folder.resolve("w"), HexFormat.of().parseHex(beginning));
        assertEquals(file + ": error[E303]: is " + kind + ", not a weights file (" + HELP + ")", problem(file));
    }

    @Test
    void anArchiveOfOtherThingsIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("w.jar"), HandmadeZip.stored(Map.of("a/b.class", new byte[9])));
        assertEquals(file + ": error[E303]: is a zip archive or jar, not a weights file (" + HELP + ")",
                problem(file));
    }

    private static String problem(Path file) {
        return HandmadeSafetensors
                .text(assertThrows(InvalidInputException.class, () -> FileFormat.open(file)).diagnostics());
    }
}
