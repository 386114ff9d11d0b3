package io.xceptionc.compiler.format;

import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.hdf5.Hdf5File;
import io.xceptionc.compiler.format.zip.ZipArchive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** A file whose format is to be found, with what several formats ask of it. */
final class ProbedFile {

    private final MappedFile content;
    private final Path path;
    private final byte[] beginning;
    private final Optional<FileKind> kind;
    private Optional<ZipArchive> archive = Optional.empty();

    ProbedFile(MappedFile content, Path path) throws InvalidInputException {
        this.content = content;
        this.path = path;
        this.beginning = content.bytes(0, (int) Math.min(content.byteSize(), FileKind.BYTES));
        this.kind = FileKind.of(beginning);
    }

    MappedFile content() {
        return content;
    }

    Path path() {
        return path;
    }

    /** What its first bytes say. */
    Optional<FileKind> kind() {
        return kind;
    }

    boolean isSafetensors() {
        return kind.equals(Optional.of(FileKind.SAFETENSORS));
    }

    boolean isHdf5() throws InvalidInputException {
        return (kind.isEmpty() || kind.get() == FileKind.HDF5) && Hdf5File.signatureOffset(content).isPresent();
    }

    /** Whether it begins as JSON does. */
    boolean beginsWithBracket() {
        return kind.isEmpty() && text().stripLeading().startsWith("{");
    }

    /** Whether it begins as a list of JSON does. */
    boolean beginsAsList() {
        return kind.isEmpty() && text().stripLeading().startsWith("[");
    }

    boolean isText() {
        return beginning.length == FileKind.BYTES && text().matches("[\\t\\r\\n -~]+");
    }

    private String text() {
        return new String(beginning, StandardCharsets.ISO_8859_1);
    }

    /** Whether it is a zip archive of some kind. */
    boolean isArchive(Predicate<ZipArchive> likely) throws InvalidInputException {
        return kind.equals(Optional.of(FileKind.ZIP)) && likely.test(archive());
    }

    /** Its members, read once. */
    ZipArchive archive() throws InvalidInputException {
        if (archive.isEmpty()) {
            archive = Optional.of(ZipArchive.of(content));
        }
        return archive.get();
    }
}
