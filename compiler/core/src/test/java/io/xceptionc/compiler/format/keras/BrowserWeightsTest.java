package io.xceptionc.compiler.format.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.ForeignFormat;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in the manner of face-api, whose names are those in the manifest of its {@code age_gender_model}. */
class BrowserWeightsTest {

    private static final String MANIFEST = """
            [
              {
                "weights": [
                  {"name": "entry_flow/conv_in/filters", "shape": [1, 1, 2, 2], "dtype": "float32",
                   "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.5}},
                  {"name": "entry_flow/conv_in/bias", "shape": [2], "dtype": "float32"},
                  {"name": "separable_conv0/depthwise_filter", "shape": [1, 1, 2, 1], "dtype": "float32",
                   "quantization": {"dtype": "uint16", "scale": 0.25, "min": -4}},
                  {"name": "separable_conv0/pointwise_filter", "shape": [1, 1, 2, 1], "dtype": "float32",
                   "quantization": {"dtype": "float16", "original_dtype": "float32"}},
                  {"name": "fc/weights", "shape": [1, 1], "dtype": "float32"}
                ],
                "paths": ["age-shard1", "age-shard2"]
              }
            ]
            """;

    @TempDir
    private Path folder;

    private Path manifest() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {0, 3, (byte) 200, (byte) 255}).putFloat(1.5F).putFloat(-2F);
        bytes.putShort((short) 16).putShort((short) 65535);
        bytes.putShort(Float.floatToFloat16(0.125F)).putShort(Float.floatToFloat16(-3F)).putFloat(7F);
        byte[] all = bytes.array();
        Files.write(folder.resolve("age-shard1"), Arrays.copyOf(all, 9));
        Files.write(folder.resolve("age-shard2"), Arrays.copyOfRange(all, 9, all.length));
        return Files.writeString(folder.resolve("age-weights_manifest.json"), MANIFEST);
    }

    @Test
    void tensorsHaveTheNamesOfKeras() throws Exception {
        try (TensorSource weights = FileFormat.open(manifest())) {
            assertEquals(
                    List.of("entry_flow/conv_in/kernel [1, 1, 2, 2]", "entry_flow/conv_in/bias [2]",
                            "separable_conv0/depthwise_kernel [1, 1, 2, 1]",
                            "separable_conv0/pointwise_kernel [1, 1, 2, 1]", "fc/kernel [1, 1]"),
                    weights.tensors().stream().map(each -> each.name() + " " + each.shape()).toList());
            assertEquals("TensorFlow.js weights", weights.format());
        }
    }

    @Test
    void quantisedNumbersAreWhatWasMeant() throws Exception {
        try (TensorSource weights = FileFormat.open(manifest())) {
            assertArrayEquals(new float[] {-1.5F, 0, 98.5F, 126}, weights.values("entry_flow/conv_in/kernel"));
            assertArrayEquals(new float[] {1.5F, -2}, weights.values("entry_flow/conv_in/bias"));
            assertArrayEquals(new float[] {0, 16379.75F}, weights.values("separable_conv0/depthwise_kernel"));
            assertArrayEquals(new float[] {0.125F, -3}, weights.values("separable_conv0/pointwise_kernel"));
            assertArrayEquals(new float[] {7}, weights.values("fc/kernel"));
        }
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Path manifest = manifest();
        Files.delete(folder.resolve("age-shard2"));
        assertEquals(
                manifest + ": error[E401]: has its weights in the file 'age-shard2', which is not beside it",
                assertThrows(InvalidInputException.class, () -> FileFormat.open(manifest)).getMessage());
    }

    @Test
    void anImportSaysThatASpecIsNeeded() throws Exception {
        Path manifest = manifest();
        assertEquals(
                manifest + ": error[E502]: is a list of weights of TensorFlow.js, without the network that they belong to",
                assertThrows(InvalidInputException.class, () -> ForeignFormat.read(manifest, "m", Optional.empty()))
                        .getMessage());
    }
}
