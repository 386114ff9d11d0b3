package io.xceptionc.compiler.format.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedCheckpointTest {

    @TempDir
    private Path folder;

    @Test
    void everyTruncationIsATypedErrorAndLeavesNothing() throws Exception {
        Path path = folder.resolve("w.pt");
        for (String name : List.of("tensor.pt", "views-4.pt", "views-legacy-2.pt", "views-legacy-4.pt")) {
            byte[] whole = Files.readAllBytes(PyTorchFileTest.resource(name));
            for (int length = 0; length < whole.length; length++) {
                Files.write(path, Arrays.copyOf(whole, length));
                InvalidInputException typed =
                        assertThrows(InvalidInputException.class, () -> FileFormat.open(path), name + " " + length);
                assertEquals(1, typed.diagnostics().size());
                assertTrue(typed.getMessage().startsWith(path + ": error["));
                assertFalse(typed.diagnostics().getFirst().help().isEmpty());
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    @Property(tries = 1000)
    void aBitFlippedIsATypedErrorOrStillReads(@ForAll boolean isLegacy, @ForAll @IntRange(max = 1 << 20) int bit)
            throws Exception {
        Path path = Files.createTempFile("checkpoint", ".pt");
        try {
            byte[] bytes = Files.readAllBytes(
                    PyTorchFileTest.resource(isLegacy ? "views-legacy-2.pt" : "views-2.pt"));
            bytes[bit / 8 % bytes.length] ^= (byte) (1 << bit % 8);
            readAll(Files.write(path, bytes));
        } finally {
            Files.delete(path);
        }
    }

    /** Flips in the pickle itself, which no checksum guards. */
    @Property(tries = 2000)
    void aPickleWithBytesChangedIsATypedErrorOrStillReads(@ForAll @IntRange(max = 1 << 20) int position,
            @ForAll byte value) throws Exception {
        Path path = Files.createTempFile("checkpoint", ".pt");
        try {
            byte[] bytes = Files.readAllBytes(PyTorchFileTest.resource("views-legacy-4.pt"));
            bytes[16 + position % 2000] = value;
            readAll(Files.write(path, bytes));
        } finally {
            Files.delete(path);
        }
    }

    private static void readAll(Path path) throws IOException {
        try (TensorSource source = FileFormat.open(path)) {
            for (TensorInfo tensor : source.tensors()) {
                if (tensor.type().isFloat() && tensor.elementCount() < 1 << 20) {
                    assertEquals(tensor.elementCount(), source.values(tensor.name()).length);
                }
            }
        } catch (InvalidInputException typed) {
            assertEquals(1, HandmadeSafetensors.text(typed.diagnostics()).lines().count());
        }
    }
}
