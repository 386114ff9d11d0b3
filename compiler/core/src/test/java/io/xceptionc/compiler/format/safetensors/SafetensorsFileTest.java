package io.xceptionc.compiler.format.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {

    @TempDir
    Path folder;

    /*
     * reference.safetensors comes from the reference implementation, safetensors 0.8.0:
     *
     * import numpy as np
     * from safetensors.numpy import save_file
     * save_file({"conv1.weight": (np.arange(24, dtype=np.float32) - 3.5).reshape(4, 2, 3, 1),
     *            "bn1.num_batches_tracked": np.array(7, dtype=np.int64),
     *            "half": np.array([1, -2, 0.1, 65504, 6e-8], dtype=np.float16),
     *            "double": np.array([[0.1, 1e-3]], dtype=np.float64),
     *            "größe": np.array([True, False])}, "reference.safetensors", metadata={"format": "np", "note": "écrit"})
     */
    @Test
    void readsAFileOfTheReferenceImplementation() throws Exception {
        try (TensorSource file = FileFormat.open(resource("reference.safetensors"))) {
            assertEquals(List.of(new TensorInfo("bn1.num_batches_tracked", ElementType.I64, List.of()),
                    new TensorInfo("double", ElementType.F64, List.of(1L, 2L)),
                    new TensorInfo("conv1.weight", ElementType.F32, List.of(4L, 2L, 3L, 1L)),
                    new TensorInfo("half", ElementType.F16, List.of(5L)),
                    new TensorInfo("größe", ElementType.BOOL, List.of(2L))), file.tensors());
            float[] kernel = file.values("conv1.weight");
            for (int i = 0; i < 24; i++) {
                assertEquals(i - 3.5f, kernel[i]);
            }
            assertArrayEquals(new float[] {1, -2, 0.099975586f, 65504, 5.9604645e-8f}, file.values("half"));
            assertArrayEquals(new float[] {0.1f, 1e-3f}, file.values("double"));
        }
    }

    @Test
    void readsEveryFloatingPointTypeWhereverItLies() throws InvalidInputException {
        String header =
                """
                        {"after":{"dtype":"F32","shape":[2],"data_offsets":[1,9]},"odd":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},\
                        "upper":{"dtype":"BF16","shape":[3],"data_offsets":[9,15]},"half":{"dtype":"F16","shape":[2],"data_offsets":[15,19]},\
                        "double":{"dtype":"F64","shape":[1,1],"data_offsets":[19,27]},"none":{"dtype":"F32","shape":[3,0],"data_offsets":[27,27]},\
                        "one":{"dtype":"F32","shape":[],"data_offsets":[27,31]}}   \s""";
        byte[] data = HexFormat.of().parseHex(
                "07" + "0000803f000020c1" + "803fc0bf007f" + "003c" + "ff7b" + "9a9999999999b93f" + "00000040");
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        try (SafetensorsFile file = HandmadeSafetensors.open(HandmadeSafetensors.file(bytes.length, bytes, data))) {
            assertEquals(List.of("after", "odd", "upper", "half", "double", "none", "one"),
                    file.tensors().stream().map(TensorInfo::name).toList());
            assertArrayEquals(new float[] {1, -10}, file.values("after"));
            assertArrayEquals(new float[] {1, -1.5f, 0x1p127f}, file.values("upper"));
            assertArrayEquals(new float[] {1, 65504}, file.values("half"));
            assertArrayEquals(new float[] {0.1f}, file.values("double"));
            assertArrayEquals(new float[0], file.values("none"));
            assertArrayEquals(new float[] {2}, file.values("one"));
            assertEquals(Optional.empty(), file.find("other"));
            assertThrows(IllegalArgumentException.class, () -> file.values("other"));
        }
    }

    @Test
    void refusesIntegersWhereNumbersAreWanted() throws InvalidInputException {
        String header = "{\"a\":{\"dtype\":\"I16\",\"shape\":[2],\"data_offsets\":[0,4]}}";
        SafetensorsFile file = HandmadeSafetensors.open(HandmadeSafetensors.file(header, 4));
        assertEquals(
                "w.safetensors: error[E304]: has the tensor 'a' as I16, which cannot be read as 32-bit floating point numbers"
                        + " (save it as F32, F16, BF16 or F64)",
                problem(() -> file.values("a")));
    }

    @Test
    void readsBeyondTwoGibibytes() throws IOException, InvalidInputException {
        Path path = folder.resolve("large.safetensors");
        byte[] header = """
                {"filler":{"dtype":"U8","shape":[2200000001],"data_offsets":[0,2200000001]},\
                "tail":{"dtype":"F32","shape":[3],"data_offsets":[2200000001,2200000013]},\
                "large":{"dtype":"F16","shape":[2147483648],"data_offsets":[2200000013,6494967309]}}"""
                .getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(HandmadeSafetensors.file(header.length, header, new byte[0])));
            long dataOffset = channel.position();
            channel.write(ByteBuffer.wrap(HandmadeSafetensors.floats(1.5f, -2.5f, 3.5f)), dataOffset + 2_200_000_001L);
            channel.write(ByteBuffer.allocate(1), dataOffset + 6_494_967_308L);
        }
        try (TensorSource file = FileFormat.open(path)) {
            assertArrayEquals(new float[] {1.5f, -2.5f, 3.5f}, file.values("tail"));
            assertEquals(path + ": error[E205]: has the tensor 'large' [2147483648] of more than 2147483639 elements",
                    problem(() -> file.values("large")));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows does not cut off a file that is mapped")
    void aFileCutOffWhileOpenIsATypedError() throws IOException, InvalidInputException {
        Path path = folder.resolve("cut.safetensors");
        new SafetensorsWriter().add("a", List.of(1000, 1000), new float[1_000_000]).writeTo(path);
        try (TensorSource file = FileFormat.open(path)) {
            assertEquals(1_000_000, file.values("a").length);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(2000);
            }
            assertEquals(path + ": error[E401]: was cut off while it was read", problem(() -> file.values("a")));
        }
    }

    @Test
    void whatCannotBeReadIsATypedError() throws IOException {
        assertEquals(folder + ": error[E401]: is a folder, not a weights file (check the path of the weights)",
                problem(() -> FileFormat.open(folder)));
        Path absent = folder.resolve("absent");
        assertEquals(absent + ": error[E401]: does not exist (check the path of the weights)",
                problem(() -> SafetensorsFile.open(absent)));
        Path empty = Files.createFile(folder.resolve("empty"));
        assertEquals(empty
                + ": error[E303]: is not a safetensors file: its length is 0, less than the 8 bytes before a header ("
                + SafetensorsHeader.HELP + ")", problem(() -> FileFormat.open(empty)));
    }

    @Test
    void aClosedFileAnswersNoMore() throws IOException, InvalidInputException {
        Path path = folder.resolve("w.safetensors");
        new SafetensorsWriter().add("a", List.of(1), new float[1]).writeTo(path);
        TensorSource file = FileFormat.open(path);
        file.close();
        file.close();
        assertThrows(IllegalStateException.class, () -> file.values("a"));
    }

    private interface Reading {
        Object read() throws InvalidInputException;
    }

    private static String problem(Reading reading) {
        return HandmadeSafetensors.text(assertThrows(InvalidInputException.class, reading::read).diagnostics());
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(SafetensorsFileTest.class.getResource(name).toURI());
    }
}
