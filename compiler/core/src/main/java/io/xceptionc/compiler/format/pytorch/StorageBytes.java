package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.pytorch.PickleValue.Storage;

/** Where the elements of storages are, whatever the format of the file. Thread-safe. */
interface StorageBytes {

    /**
     * Bytes of a storage in a file.
     *
     * @param byteOffset where they begin in it
     */
    record Located(MappedFile file, long byteOffset) {}

    /**
     * Makes sure that a storage is there with all its elements.
     *
     * @throws InvalidInputException if it is not
     */
    void require(Storage storage) throws InvalidInputException;

    /**
     * Finds some of the bytes of a storage that is there.
     *
     * @param firstByte where they begin in it
     * @throws InvalidInputException if they are damaged
     */
    Located locate(Storage storage, long firstByte, long byteCount) throws InvalidInputException;
}
