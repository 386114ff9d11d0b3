package io.xceptionc.compiler.format.hdf5;

import io.jhdf.Constants;
import io.jhdf.ObjectHeader;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A dataset as a tensor: its elements lie in one piece in the file, in its header, or in chunks. */
public final class Hdf5Dataset {

    private static final int HIGHEST_RANK = 8;

    private final Hdf5File file;
    private final TensorInfo info;
    private final DataLayoutMessage layout;
    private final Optional<ChunkTable> chunks;

    private Hdf5Dataset(Hdf5File file, TensorInfo info, DataLayoutMessage layout, Optional<ChunkTable> chunks) {
        this.file = file;
        this.info = info;
        this.layout = layout;
        this.chunks = chunks;
    }

    /**
     * Of a dataset's header: all that is declared fits the file. To be called {@link Hdf5File#guarded}.
     *
     * @param path the tensor's name
     */
    static Hdf5Dataset read(Hdf5File file, String path, ObjectHeader header) {
        ElementType type = ElementTypes.of(header.getMessageOfType(DataTypeMessage.class).getDataType());
        DataSpace space = header.getMessageOfType(DataSpaceMessage.class).getDataSpace();
        long[] dimensions = space.getDimensionsAsLong();
        if (dimensions.length > HIGHEST_RANK) {
            throw Refusal.damaged("has " + dimensions.length + " axes, more than " + HIGHEST_RANK);
        }
        if (Arrays.stream(dimensions).anyMatch(size -> size < 0)) {
            throw Refusal.damaged("has an axis of more elements than there can be");
        }
        TensorInfo info = new TensorInfo(path, type, Arrays.stream(dimensions).boxed().toList());
        DataLayoutMessage layout = header.getMessageOfType(DataLayoutMessage.class);
        requireStored(file.storage(), layout, byteCount(info));
        Optional<ChunkTable> chunks = ChunkTable.read(file.storage(), header, layout, info);
        chunks.ifPresent(table -> table.requireSound(info, file.storage()));
        return new Hdf5Dataset(file, info, layout, chunks);
    }

    private static long byteCount(TensorInfo info) {
        try {
            return info.byteCount();
        } catch (ArithmeticException overflow) {
            throw Refusal.damaged("has the shape " + info.shape() + ", of more bytes than there can be");
        }
    }

    private static void requireStored(MappedStorage storage, DataLayoutMessage layout, long byteCount) {
        switch (layout) {
            case ContiguousDataLayoutMessage inOnePiece -> {
                requireSize(byteCount, inOnePiece.getSize() < 0 ? byteCount : inOnePiece.getSize());
                if (byteCount > 0 && inOnePiece.getAddress() == Constants.UNDEFINED_ADDRESS) {
                    throw Refusal.damaged("takes " + byteCount + " bytes by its shape, but none were ever written");
                }
                storage.requireInside(byteCount > 0 ? inOnePiece.getAddress() : 0, byteCount);
            }
            case CompactDataLayoutMessage inHeader -> requireSize(byteCount, inHeader.getDataBuffer().remaining());
            case ChunkedDataLayoutMessage _, ChunkedDataLayoutMessageV4 _ -> {
                // The table of chunks is looked at by itself.
            }
            default -> throw Refusal.damaged("has an unknown layout");
        }
    }

    private static void requireSize(long byteCount, long storedCount) {
        if (storedCount != byteCount) {
            throw Refusal.damaged("takes " + byteCount + " bytes by its shape, but " + storedCount + " are stored");
        }
    }

    /** Path, type and shape. */
    public TensorInfo info() {
        return info;
    }

    /**
     * The elements as {@code float}, row-major.
     *
     * @throws InvalidInputException if they are no floating point numbers, more than an array can hold, or damaged
     */
    public float[] values() throws InvalidInputException {
        if (layout instanceof ContiguousDataLayoutMessage inOnePiece) {
            long byteOffset = info.byteCount() == 0 ? 0 : file.storage().fileOffset(inOnePiece.getAddress());
            return file.bytes().values(info, byteOffset);
        }
        file.bytes().requireReadable(info);
        return file.guarded(info.name(), () -> layout instanceof CompactDataLayoutMessage inHeader
                ? info.type().read(MemorySegment.ofArray(array(inHeader.getDataBuffer())))
                : new ChunkedValues(file, info, chunks.orElseThrow()).read());
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
