package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.keras.KerasFile;
import io.xceptionc.compiler.testing.FuzzedFile;
import java.util.Optional;

/** Fuzzes the reader of HDF5 and of what Keras puts into it, weights and networks. */
public final class KerasFuzz {

    private KerasFuzz() {}

    /** Reads bytes as such a file. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(input, KerasFuzz::read);
    }

    private static void read(MappedFile file) throws InvalidInputException {
        KerasFile keras = KerasFile.open(file);
        FuzzedFile.readTensors(keras);
        KerasImport.read(keras, "fuzzed", Optional.empty());
    }
}
