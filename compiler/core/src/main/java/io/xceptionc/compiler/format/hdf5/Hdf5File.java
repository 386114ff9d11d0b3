package io.xceptionc.compiler.format.hdf5;

import io.jhdf.Superblock;
import io.jhdf.Superblock.SuperblockV0V1;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.SymbolTableEntry;
import io.jhdf.exceptions.HdfException;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An HDF5 file, mapped. Links are never followed out of it, and whatever is wrong with it is an {@link
 * InvalidInputException}.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">HDF5 file format specification</a>
 */
public final class Hdf5File {

    static final String HELP = "copy the file anew; h5ls -r shows whether HDF5's own tools can read it";

    private static final String IN_ONE_FILE = "save it anew with all data in one file";

    private static final byte[] SIGNATURE = "\211HDF\r\n\32\n".getBytes(StandardCharsets.ISO_8859_1);

    /** A user block may have this size, and each power of two above. */
    private static final long SMALLEST_USER_BLOCK = 512;

    /** A megabyte before the file's own beginning is more than any tool writes. */
    private static final long LARGEST_USER_BLOCK = 1 << 20;

    private static final int LONGEST_SUPERBLOCK = 128;

    private final MappedFile file;
    private final MappedStorage storage;

    private Hdf5File(MappedFile file, Superblock superblock) {
        this.file = file;
        this.storage = new MappedStorage(file, superblock);
    }

    /** Where the signature stands: at the beginning or after a user block; empty if this is no HDF5 file. */
    public static Optional<Long> signatureOffset(MappedFile file) throws InvalidInputException {
        long byteOffset = 0;
        while (byteOffset <= Math.min(LARGEST_USER_BLOCK, file.byteSize() - SIGNATURE.length)) {
            if (Arrays.equals(file.bytes(byteOffset, SIGNATURE.length), SIGNATURE)) {
                return Optional.of(byteOffset);
            }
            byteOffset = Math.max(SMALLEST_USER_BLOCK, byteOffset * 2);
        }
        return Optional.empty();
    }

    /**
     * Opens a file, which must stay open as long as this is in use.
     *
     * @throws InvalidInputException if it is no HDF5 file, is cut off, or of a version that is not known
     */
    public static Hdf5File open(MappedFile file) throws InvalidInputException {
        long byteOffset = signatureOffset(file).orElseThrow(() -> file.damaged("is not an HDF5 file", HELP));
        int length = (int) Math.min(LONGEST_SUPERBLOCK, file.byteSize() - byteOffset);
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes(byteOffset, length)).order(ByteOrder.LITTLE_ENDIAN);
        return guarded(file, "its beginning", () -> {
            Superblock superblock = Superblock.readSuperblock(bytes);
            requireSound(superblock, byteOffset, file.byteSize());
            return new Hdf5File(file, superblock);
        });
    }

    private static void requireSound(Superblock superblock, long byteOffset, long byteSize) {
        requireSize(superblock.getSizeOfOffsets());
        requireSize(superblock.getSizeOfLengths());
        if (superblock.getBaseAddressByte() != byteOffset) {
            throw Refusal.damaged("counts its addresses from " + superblock.getBaseAddressByte() + ", but begins at "
                    + byteOffset);
        }
        long end = superblock.getEndOfFileAddress();
        if (end < 0 || end > byteSize) {
            throw Refusal.damaged("should have " + end + " bytes, but the file has " + byteSize);
        }
    }

    private static void requireSize(int sizeOfNumbers) {
        if (sizeOfNumbers != Integer.BYTES && sizeOfNumbers != Long.BYTES) {
            throw Refusal.unsupported("has addresses of " + sizeOfNumbers + " bytes, not of 4 or 8", HELP);
        }
    }

    /** The root group. */
    public Hdf5Object root() throws InvalidInputException {
        return guarded("/", () -> {
            long address = switch (storage.getSuperblock()) {
                case SuperblockV0V1 old -> new SymbolTableEntry(storage, old.getRootGroupSymbolTableAddress())
                        .getObjectHeaderAddress();
                case SuperblockV2V3 recent -> recent.getRootGroupObjectHeaderAddress();
                default -> throw Refusal.damaged("has an unknown beginning");
            };
            return new Hdf5Object(this, "/", address);
        });
    }

    /** The bytes of the file. */
    MappedFile bytes() {
        return file;
    }

    /** The bytes of the file for jHDF. */
    MappedStorage storage() {
        return storage;
    }

    /** What is computed of an object, any failure as a message that names file and object. */
    <T> T guarded(String path, Supplier<T> reading) throws InvalidInputException {
        return guarded(file, path, reading);
    }

    /**
     * The same for any file. jHDF throws many kinds of exceptions where a file is damaged, and where headers refer to
     * each other at length, it runs out of stack; both leave it as it was.
     */
    private static <T> T guarded(MappedFile file, String path, Supplier<T> reading) throws InvalidInputException {
        try {
            return reading.get();
        } catch (RuntimeException failure) {
            throw problem(file, path, failure);
        } catch (StackOverflowError endless) {
            throw problem(file, path, Refusal.damaged("has headers that refer to each other without an end"));
        }
    }

    private static InvalidInputException problem(MappedFile file, String path, RuntimeException failure) {
        String reason = "is damaged, or has what is not known here";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MappedStorage.UnreadableException unreadable) {
                return unreadable.problem();
            }
            if (cause instanceof Refusal refusal) {
                return file.problem(refusal.code(), at(path) + " " + refusal.getMessage(), refusal.help());
            }
            if (cause instanceof HdfException && cause.getCause() == null) {
                Optional<Refusal> elsewhere = elsewhere(cause.getMessage());
                if (elsewhere.isPresent()) {
                    return problem(file, path, elsewhere.get());
                }
                reason = "is damaged: " + Quotation.line(cause.getMessage());
            }
        }
        return file.damaged(at(path) + " " + reason, HELP);
    }

    private static String at(String path) {
        return "at " + Quotation.of(path);
    }

    /** Data that is not in the file, which jHDF knows but does not read. */
    private static Optional<Refusal> elsewhere(String message) {
        if (message.contains("External Data Files")) {
            return Optional
                    .of(Refusal.unsupported("keeps its data in other files, which are never opened", IN_ONE_FILE));
        }
        return message.contains("Virtual storage")
                ? Optional.of(Refusal.unsupported("is put together from other datasets, which are never opened",
                        IN_ONE_FILE))
                : Optional.empty();
    }
}
