package io.xceptionc.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.weights.safetensors.HandmadeSafetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsFileTest {

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
            894844460d0a1a0a0000 | an HDF5 file
            504b030400           | a zip archive
            """)
    void whatIsNoWeightsIsNamed(String beginning, String kind) throws IOException {
        Path file = Files.write(folder.resolve("w"), HexFormat.of().parseHex(beginning));
        assertEquals(file + ": error[E303]: is " + kind + ", not a weights file (weights are read from safetensors"
                + " files; in Python, safetensors.torch.save_file(state_dict, path) writes one)", problem(file));
    }

    private static String problem(Path file) {
        return HandmadeSafetensors
                .text(assertThrows(InvalidInputException.class, () -> WeightsFile.open(file)).diagnostics());
    }
}
