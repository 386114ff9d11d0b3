package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;

/**
 * The first fields of a file, if it is an ONNX model: its version of the format, then another field of a model, of the
 * wire type that it must have. Programs write a message's fields in the order of their numbers.
 */
final class FirstFields {

    /** The field {@code ir_version}, a whole number. */
    private static final int VERSION_TAG = OnnxFields.Model.IR_VERSION << 3;

    /** The wire type of texts and messages. */
    private static final int DELIMITED = 2;

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
            case OnnxFields.Model.PRODUCER_NAME << 3 | DELIMITED, OnnxFields.Model.PRODUCER_VERSION << 3 | DELIMITED,
                    OnnxFields.Model.DOMAIN << 3 | DELIMITED, OnnxFields.Model.DOC_STRING << 3 | DELIMITED,
                    OnnxFields.Model.GRAPH << 3 | DELIMITED, OnnxFields.Model.OPSET_IMPORT << 3 | DELIMITED,
                    OnnxFields.Model.MODEL_VERSION << 3 -> true;
            default -> false;
        };
    }
}
