package io.xceptionc.compiler.format.hdf5;

import io.jhdf.FractalHeap;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.BTreeRecord;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The heap that many links or attributes of one object lie in, and its index. jHDF allocates room for as much as they
 * declare to hold; here that is looked at first.
 */
final class IndexedHeap {

    private static final int MOST_RECORDS = 100_000;

    /** What the HDF5 library makes is 4 wide, and doubles with each row. */
    private static final int WIDEST_TABLE = 1 << 10;
    private static final int MOST_ROWS = 64;

    private IndexedHeap() {}

    /** The records of an index. */
    static <T extends BTreeRecord> List<T> records(MappedStorage storage, long address) {
        int lengthBefore = 16 + storage.getSizeOfOffsets() + 2;
        ByteBuffer header = storage.readBufferFromAddress(address, lengthBefore + storage.getSizeOfLengths());
        long recordCount = Utils.readBytesAsUnsignedLong(header.position(lengthBefore), storage.getSizeOfLengths());
        if (recordCount < 0 || recordCount > MOST_RECORDS) {
            throw Refusal.damaged("has an index of more than " + MOST_RECORDS + " members");
        }
        return new BTreeV2<T>(storage, address).getRecords();
    }

    /** A heap. */
    static FractalHeap heap(MappedStorage storage, long address) {
        int lengths = storage.getSizeOfLengths();
        int offsets = storage.getSizeOfOffsets();
        int widthAt = 4 + 1 + 2 + 2 + 1 + 4 + 10 * lengths + 2 * offsets;
        int rowsAt = widthAt + 2 + 2 * lengths + 2 + 2 + offsets;
        ByteBuffer header = storage.readBufferFromAddress(address, rowsAt + 2);
        if (Short.toUnsignedInt(header.getShort(widthAt)) > WIDEST_TABLE
                || Short.toUnsignedInt(header.getShort(rowsAt)) > MOST_ROWS) {
            throw Refusal.damaged("has a heap larger than any network needs");
        }
        return new FractalHeap(storage, address);
    }
}
