package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

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
            String words = diagnostic.message().isBlank() ? "" : diagnostic.headline() + diagnostic.help();
            requireWords(words, refused);
        }
    }

    /** Requires that a refusal says why, in printable characters. */
    public static void requireWords(String words, Exception refused) {
        if (words.isBlank() || words.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("no line of words: " + words, refused);
        }
    }

    /** Writes bytes to a file on disk, the same one for all inputs of a process. */
    public static Path onDisk(byte[] bytes) throws IOException {
        return Files.write(OnDisk.FILE, bytes);
    }

    private static final class OnDisk {

        static final Path FILE = create();

        private static Path create() {
            try {
                Path file = Files.createTempFile("fuzzed", null);
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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
