package io.xceptionc.compiler.format.onnx;

import java.io.IOException;

/**
 * A model is not what its format demands. The message continues the sentence {@code <file> is a damaged ONNX model: it
 * ...}.
 */
final class DamagedModelException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedModelException(String message) {
        super(message);
    }
}
