package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;

/** Makes of a node what its value is. */
@FunctionalInterface
interface Translation {

    /**
     * The value that a node yields.
     *
     * @throws CannotImportException if the language has nothing that computes it
     * @throws InvalidInputException if weights cannot be read
     */
    OnnxResult of(OnnxStep step) throws CannotImportException, InvalidInputException;
}
