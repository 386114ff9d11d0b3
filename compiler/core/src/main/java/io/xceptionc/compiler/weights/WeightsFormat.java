package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.weights.file.MappedFile;
import java.nio.charset.StandardCharsets;

/** The formats of weights files that can be told from their first bytes. */
enum WeightsFormat {
    /** Without a signature: what is none of the others. */
    SAFETENSORS("a safetensors file", ""),
    /** What Keras calls {@code .h5}. */
    HDF5("an HDF5 file", "\211HDF\r\n\32\n"),
    /** What PyTorch calls {@code .pt} or {@code .pth}, and Keras 3 {@code .keras}. */
    ZIP("a zip archive", "PK\3\4");

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
        return beginning.startsWith(ZIP.signature) ? ZIP : SAFETENSORS;
    }

    /** A few words for messages. */
    String label() {
        return label;
    }
}
