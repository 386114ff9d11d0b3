package io.xceptionc.compiler.weights.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.testing.FuzzedFile;
import io.xceptionc.compiler.weights.file.MappedFile;
import io.xceptionc.compiler.weights.keras.KerasArchive;
import io.xceptionc.compiler.weights.pytorch.PyTorchFile;

/** Fuzzes the reader of zip archives, and what is read from them: PyTorch's checkpoints and Keras' archives. */
public final class ZipFuzz {

    private static final int MOST_BYTES = 1 << 20;

    private ZipFuzz() {}

    /** Reads bytes as an archive. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(input, ZipFuzz::read);
    }

    private static void read(MappedFile file) throws InvalidInputException {
        ZipArchive archive = ZipArchive.of(file);
        if (PyTorchFile.isLike(archive)) {
            FuzzedFile.readTensors(PyTorchFile.open(file, archive));
        } else if (KerasArchive.isLikely(archive)) {
            FuzzedFile.readTensors(KerasArchive.open(file, archive));
        } else {
            for (ZipMember member : archive.members()) {
                archive.bytes(member, MOST_BYTES);
            }
        }
    }
}
