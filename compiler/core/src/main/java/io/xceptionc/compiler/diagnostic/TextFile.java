package io.xceptionc.compiler.diagnostic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads text files of bounded size. */
public final class TextFile {

    /** How many bytes a file may have. */
    public static final int LARGEST = 1 << 20;

    private TextFile() {}

    /**
     * The text of a UTF-8 file without its byte order mark; empty, and reported, if it cannot be had.
     *
     * @param span where problems are reported
     */
    public static Optional<String> read(Path file, SourceSpan span, Diagnostics diagnostics) {
        try {
            Optional<String> problem = RegularFile.problem(file);
            if (problem.isPresent()) {
                return refuse(span, problem.get(), "check the path", diagnostics);
            }
            byte[] bytes;
            try (InputStream stream = Files.newInputStream(file)) {
                bytes = stream.readNBytes(LARGEST + 1);
            }
            Optional<FileKind> other = FileKind.of(bytes);
            if (other.isPresent()) {
                return refuse(span, "is " + other.get().label() + ", not a text", "check the path", diagnostics);
            }
            if (bytes.length > LARGEST) {
                diagnostics.report(DiagnosticCode.E102, span, "the file is larger than 1 MiB",
                        "only text files of at most 1 MiB are read");
                return Optional.empty();
            }
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException _) {
            return refuse(span, "is not UTF-8 text", "save it as UTF-8", diagnostics);
        } catch (NoSuchFileException _) {
            return refuse(span, "does not exist", "check the path", diagnostics);
        } catch (IOException _) {
            return refuse(span, "cannot be read", "check its permissions", diagnostics);
        }
    }

    private static Optional<String> refuse(SourceSpan span, String problem, String help, Diagnostics diagnostics) {
        diagnostics.report(DiagnosticCode.E401, span, "the file " + problem, help);
        return Optional.empty();
    }
}
