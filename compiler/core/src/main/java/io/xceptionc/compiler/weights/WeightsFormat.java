package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.weights.file.MappedFile;
import io.xceptionc.compiler.weights.onnx.OnnxFile;
import io.xceptionc.compiler.weights.pytorch.PyTorchFile;
import java.nio.charset.StandardCharsets;

/** The formats of weights files that can be told from their first bytes. */
enum WeightsFormat {
    /** Without a signature: what is none of the others. */
    SAFETENSORS("a safetensors file", ""),
    /** JSON, told by its first bracket: what lists the shards of a model in several safetensors files. */
    SHARD_INDEX("a JSON text", "{"),
    /** What Keras calls {@code .h5}. */
    HDF5("an HDF5 file", "\211HDF\r\n\32\n"),
    /** What PyTorch before 1.6 calls {@code .pt} or {@code .pth}; told by more than a signature. */
    PICKLE("a file of PyTorch before 1.6", "\200"),
    /** What PyTorch calls {@code .pt} or {@code .pth}, and Keras 3 {@code .keras}. */
    ZIP("a zip archive", "PK\3\4"),
    /** Without a signature, too: told by its first fields. */
    ONNX("an ONNX model", "");

    private final String label;
    private final String signature;

    WeightsFormat(String label, String signature) {
        this.label = label;
        this.signature = signature;
    }

    /** The format of a file by its content. */
    static WeightsFormat of(MappedFile file) throws InvalidInputException {
        int length = (int) Math.min(file.byteSize(), HDF5.signature.length());
        String beginning = new String(file.bytes(0, length), StandardCharsets.ISO_8859_1);
        if (beginning.startsWith(HDF5.signature)) {
            return HDF5;
        }
        if (beginning.startsWith(ZIP.signature)) {
            return ZIP;
        }
        if (PyTorchFile.isLike(file)) {
            return PICKLE;
        }
        byte[] start = file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES));
        boolean isHeader = FileKind.of(start).filter(kind -> kind == FileKind.SAFETENSORS).isPresent();
        if (beginning.stripLeading().startsWith(SHARD_INDEX.signature) && !isHeader) {
            return SHARD_INDEX;
        }
        return OnnxFile.isLikely(file) ? ONNX : SAFETENSORS;
    }

    /** A few words for messages. */
    String label() {
        return label;
    }
}
