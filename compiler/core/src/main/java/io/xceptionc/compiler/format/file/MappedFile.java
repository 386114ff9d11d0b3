package io.xceptionc.compiler.format.file;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.RegularFile;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

/** A file of any size, mapped into memory and read by copying parts of it. */
public final class MappedFile implements AutoCloseable {

    private final String name;
    private final Arena arena;
    private final MemorySegment content;

    /**
     * A file whose content is in memory.
     *
     * @param arena owns the content, and is closed with the file
     */
    public MappedFile(String name, Arena arena, MemorySegment content) {
        this.name = name;
        this.arena = arena;
        this.content = content;
    }

    /**
     * Maps a file.
     *
     * @throws InvalidInputException if it is not there, not a regular file, or may not be read
     */
    @SuppressWarnings("MustBeClosedChecker") // The arena is closed with the file, or here if there is none.
    public static MappedFile open(Path path) throws InvalidInputException {
        String name = path.toString();
        Optional<String> problem = RegularFile.problem(path);
        if (problem.isPresent()) {
            throw unreadable(name, problem.get() + (Files.isDirectory(path) ? ", not a weights file" : ""),
                    "check the path of the weights");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new MappedFile(name, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (AccessDeniedException refused) {
            arena.close();
            throw unreadable(name, "may not be read; check its permissions", refused);
        } catch (IOException failure) {
            arena.close();
            throw unreadable(name, "cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Some of the bytes as a file by themselves, under the same name and closed with this one; they must be there. */
    public MappedFile part(long byteOffset, long byteCount) {
        return new MappedFile(name, arena, content.asSlice(byteOffset, byteCount));
    }

    /** Other bytes, which were made of this file's, under the same name and closed with this one. */
    public MappedFile unpacked(byte[] bytes) {
        return new MappedFile(name, arena, MemorySegment.ofArray(bytes));
    }

    /** Makes something of a mapped file that closes the file with itself. */
    @FunctionalInterface
    public interface Opener<T> {
        /** Makes it; the file stays open if that fails. */
        T open(MappedFile file) throws InvalidInputException;
    }

    /**
     * Maps a file and makes something of it; closes the file at once if that fails.
     *
     * @throws InvalidInputException if it cannot be mapped, or is not what it should be
     */
    public static <T> T open(Path path, Opener<T> opener) throws InvalidInputException {
        MappedFile file = open(path);
        try {
            return opener.open(file);
        } catch (InvalidInputException | RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    /** The file's name as the user gave it. */
    public String name() {
        return name;
    }

    /** The length of the file. */
    public long byteSize() {
        return content.byteSize();
    }

    /** Some of its bytes; they must be there. */
    public byte[] bytes(long byteOffset, int byteCount) throws InvalidInputException {
        return copied(() -> content.asSlice(byteOffset, byteCount).toArray(ValueLayout.JAVA_BYTE));
    }

    /**
     * The elements of a tensor as {@code float}, in their order.
     *
     * @param byteOffset where they begin; all their bytes must be there
     * @throws InvalidInputException if they are no floating point numbers, more than an array can hold, or cannot be
     *        read
     */
    public float[] values(TensorInfo tensor, long byteOffset) throws InvalidInputException {
        requireReadable(tensor);
        return copied(() -> tensor.type().read(content.asSlice(byteOffset, tensor.byteCount())));
    }

    /**
     * Refuses what cannot be an array of {@code float}.
     *
     * @throws InvalidInputException if the elements are no floating point numbers, or more than an array can hold
     */
    public void requireReadable(TensorInfo tensor) throws InvalidInputException {
        if (!tensor.type().isFloat()) {
            throw problem(DiagnosticCode.E304, "has the tensor " + Quotation.of(tensor.name()) + " as " + tensor.type()
                    + ", which cannot be read as 32-bit floating point numbers", "save it as F32, F16, BF16 or F64");
        }
        if (tensor.elementCount() > TensorInfo.LARGEST_ARRAY) {
            throw problem(DiagnosticCode.E205,
                    "has the tensor " + Quotation.of(tensor.name()) + " " + tensor.shape() + " of more than "
                            + TensorInfo.LARGEST_ARRAY + " elements",
                    "");
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // not for the scheduler's sake
    private <T> T copied(Supplier<T> copy) throws InvalidInputException {
        try {
            T copied = copy.get();
            Thread.yield(); // a call into the JVM, which may have the error below to throw: compiled code goes on without it
            return copied;
        } catch (InternalError fault) {
            // The JVM's answer to a page that is no longer there.
            throw unreadable(name, "was cut off while it was read", fault);
        }
    }

    /** The exception for a file that is not what its format demands. */
    public InvalidInputException damaged(String message, String help) {
        return problem(DiagnosticCode.E303, message, help);
    }

    /** An exception that names the file. */
    public InvalidInputException problem(DiagnosticCode code, String message, String help) {
        return new InvalidInputException(new Diagnostic(code, SourceSpan.ofFile(name), message, help));
    }

    private static InvalidInputException unreadable(String name, String message, String help) {
        return new InvalidInputException(new Diagnostic(DiagnosticCode.E401, SourceSpan.ofFile(name), message, help));
    }

    private static InvalidInputException unreadable(String name, String message, Throwable cause) {
        InvalidInputException exception = unreadable(name, message, "");
        exception.initCause(cause);
        return exception;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
