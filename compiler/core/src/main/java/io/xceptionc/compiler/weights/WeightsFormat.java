package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.hdf5.Hdf5File;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.format.pytorch.PyTorchFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The formats of weights files, as far as their first bytes tell. */
enum WeightsFormat {
    /** Without a signature: what is none of the others. */
    SAFETENSORS,
    /** JSON: what lists the shards of a model in several safetensors files. */
    SHARD_INDEX,
    /** What Keras calls {@code .h5}; a block of the user's may stand before its signature. */
    HDF5,
    /** What PyTorch before 1.6 calls {@code .pt} or {@code .pth}; told by more than a signature. */
    PICKLE,
    /** What PyTorch calls {@code .pt} or {@code .pth}, and Keras 3 {@code .keras}. */
    ZIP,
    /** Without a signature, too: told by its first fields. */
    ONNX;

    /** The format of a file by its content. */
    static WeightsFormat of(MappedFile file) throws InvalidInputException {
        Optional<FileKind> kind = FileKind.of(file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES)));
        if (kind.equals(Optional.of(FileKind.ZIP))) {
            return ZIP;
        }
        if (PyTorchFile.isLike(file)) {
            return PICKLE;
        }
        if ((kind.isEmpty() || kind.get() == FileKind.HDF5) && Hdf5File.signatureOffset(file).isPresent()) {
            return HDF5;
        }
        if (kind.isEmpty() && beginsWithBracket(file)) {
            return SHARD_INDEX;
        }
        return OnnxFile.isLikely(file) ? ONNX : SAFETENSORS;
    }

    private static boolean beginsWithBracket(MappedFile file) throws InvalidInputException {
        byte[] beginning = file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES));
        return new String(beginning, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{");
    }
}
