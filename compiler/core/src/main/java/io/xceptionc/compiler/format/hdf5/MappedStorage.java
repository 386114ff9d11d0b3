package io.xceptionc.compiler.format.hdf5;

import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A mapped file as jHDF reads headers, groups and indexes of it: every length is compared with the bytes that are there
 * before anything is allocated, and the number of reads is bounded, so that what goes round in circles ends.
 */
final class MappedStorage implements HdfBackingStorage {

    /** No header, heap or index of a network's weights is longer. */
    private static final int LONGEST_READ = 1 << 26;

    /** Far more than the layers of any network need. */
    private static final int MOST_READS = 1_000_000;

    private static final long MOST_BYTES = 1L << 31;

    private final MappedFile file;
    private final Superblock superblock;
    private int readCount;
    private long byteCount;

    /** A file whose addresses count from the superblock's base address. */
    MappedStorage(MappedFile file, Superblock superblock) {
        this.file = file;
        this.superblock = superblock;
    }

    /** The bytes between the base address and the end of the file. */
    @Override
    public long size() {
        return file.byteSize() - getUserBlockSize();
    }

    @Override
    public ByteBuffer readBufferFromAddress(long address, int length) {
        return map(address, length);
    }

    @Override
    public ByteBuffer map(long address, long length) {
        requireInside(address, length);
        byteCount += length;
        if (length > LONGEST_READ || ++readCount > MOST_READS || byteCount > MOST_BYTES) {
            throw Refusal.damaged("has a header, group or index larger than any network needs");
        }
        try {
            byte[] bytes = file.bytes(getUserBlockSize() + address, (int) length);
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (InvalidInputException unreadable) {
            throw new UnreadableException(unreadable);
        }
    }

    /** Refuses bytes that are not all in the file. */
    void requireInside(long address, long length) {
        if (address < 0 || length < 0 || address > size() - length) {
            throw Refusal.damaged("points to bytes beyond the end of the file");
        }
    }

    /** Where in the file an address is. */
    long fileOffset(long address) {
        return getUserBlockSize() + address;
    }

    @Override
    public ByteBuffer mapNoOffset(long address, long length) {
        return map(address - getUserBlockSize(), length);
    }

    @Override
    public long getUserBlockSize() {
        return superblock.getBaseAddressByte();
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    /** There is none, so jHDF can open no other file through it. */
    @Override
    public FileChannel getFileChannel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getSizeOfOffsets() {
        return superblock.getSizeOfOffsets();
    }

    @Override
    public int getSizeOfLengths() {
        return superblock.getSizeOfLengths();
    }

    /** Nothing: whoever opened the file closes it. */
    @Override
    public void close() {}

    @Override
    public boolean inMemory() {
        return true;
    }

    /** Carries what the file said through jHDF. */
    static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient InvalidInputException problem;

        UnreadableException(InvalidInputException problem) {
            super(problem);
            this.problem = problem;
        }

        InvalidInputException problem() {
            return problem;
        }
    }
}
