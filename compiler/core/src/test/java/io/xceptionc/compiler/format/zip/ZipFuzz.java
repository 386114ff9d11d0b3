package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.keras.KerasArchive;
import io.xceptionc.compiler.format.pytorch.PyTorchFile;
import io.xceptionc.compiler.testing.FuzzedFile;

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
