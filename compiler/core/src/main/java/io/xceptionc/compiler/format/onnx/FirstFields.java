package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;

/**
 * The first fields of a file, if it is an ONNX model: its version of the format, then another field of a model, of the wire type
 * that it must have. Programs write a message's fields in the order of their numbers.
 */
final class FirstFields {

    /** The field {@code ir_version}, a whole number. */
    private static final int VERSION_TAG = 1 << 3;

    /** Above all versions of the format that there are, and few enough for one byte. */
    private static final int MOST_VERSION = 64;

    private FirstFields() {}

    static boolean areThoseOfAModel(MappedFile file) throws InvalidInputException {
        byte[] beginning = file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES));
        if (FileKind.of(beginning).isPresent() || beginning.length < 2 || beginning[0] != VERSION_TAG
                || beginning[1] < 1 || beginning[1] > MOST_VERSION) {
            return false;
        }
        return beginning.length == 2 || switch (beginning[2]) {
            // producer_name, producer_version, domain, doc_string, graph, opset_import: texts and messages
            case 2 << 3 | 2, 3 << 3 | 2, 4 << 3 | 2, 6 << 3 | 2, 7 << 3 | 2, 8 << 3 | 2 -> true;
            // model_version: a whole number
            case 5 << 3 -> true;
            default -> false;
        };
    }
}
