package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What the fuzz targets of all formats share: bytes as a file, and what must hold of whatever is made of it. */
public final class FuzzedFile {

    /** No more is read of a file's tensors, as they may share their bytes. */
    private static final long MOST_ELEMENTS = 1 << 20;

    private FuzzedFile() {}

    /** Reads a file; any exception other than the typed one is a finding. */
    @FunctionalInterface
    public interface Reading {
        /** Reads all that it can. */
        void read(MappedFile file) throws InvalidInputException;
    }

    /** Lets bytes be read as a file: to the end, or to one typed exception that says what is wrong. */
    @SuppressWarnings("MustBeClosedChecker") // The file closes the arena.
    public static void read(byte[] bytes, Reading reading) {
        try (MappedFile file = new MappedFile("fuzzed", Arena.ofShared(), MemorySegment.ofArray(bytes))) {
            reading.read(file);
        } catch (InvalidInputException refused) {
            requireWords(refused);
        }
    }

    /** Requires that a refusal has a problem, and each problem a message of printable characters. */
    public static void requireWords(InvalidInputException refused) {
        if (refused.diagnostics().isEmpty()) {
            throw new AssertionError("refused without a diagnostic", refused);
        }
        for (Diagnostic diagnostic : refused.diagnostics()) {
            String words = diagnostic.headline() + diagnostic.help();
            if (diagnostic.message().isBlank() || words.chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("no line of words: " + words, refused);
            }
        }
    }

    /** Reads the values of a file's tensors, each of which may be refused. */
    public static void readTensors(TensorSource source) {
        long left = MOST_ELEMENTS;
        for (TensorInfo tensor : source.tensors()) {
            left -= tensor.elementCount();
            if (left < 0) {
                return;
            }
            requireValues(source, tensor);
        }
    }

    private static void requireValues(TensorSource source, TensorInfo tensor) {
        try {
            int length = source.values(tensor.name()).length;
            if (length != tensor.elementCount()) {
                throw new AssertionError(tensor + " has " + length + " values");
            }
        } catch (InvalidInputException refused) {
            requireWords(refused);
        }
    }
}
