package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.weights.file.MappedFile;
import io.xceptionc.compiler.weights.hdf5.Hdf5File;
import java.util.Optional;

/** The formats of weights files that can be told from their first bytes. */
enum WeightsFormat {
    /** Without a signature: what is none of the others. */
    SAFETENSORS,
    /** What Keras calls {@code .h5}; a block of the user's may stand before its signature. */
    HDF5,
    /** What PyTorch calls {@code .pt} or {@code .pth}, and Keras 3 {@code .keras}. */
    ZIP;

    /** The format of a file by its content. */
    static WeightsFormat of(MappedFile file) throws InvalidInputException {
        Optional<FileKind> kind = FileKind.of(file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES)));
        if (kind.equals(Optional.of(FileKind.ZIP))) {
            return ZIP;
        }
        return kind.isEmpty() || kind.get() == FileKind.HDF5
                ? Hdf5File.signatureOffset(file).map(_ -> HDF5).orElse(SAFETENSORS)
                : SAFETENSORS;
    }
}
