package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.testing.FuzzedFile;

/** Fuzzes the reader of PyTorch's old format, pickles one after the other. */
public final class PickleFuzz {

    private PickleFuzz() {}

    /** Reads bytes as such a file. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(input, file -> FuzzedFile.readTensors(PyTorchFile.open(file)));
    }
}
