package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files beside a model in which tensors lie: in its own folder or below, and reached through no link. */
final class ExternalData implements AutoCloseable {

    private static final int MOST_FILES = 10_000;

    private static final String HELP = "a model may only name files in its own folder, by a path without .. and links";

    private final MappedFile model;
    private final Path folder;
    private final Map<String, MappedFile> filesByLocation = new HashMap<>();

    /** Of a model in a folder. */
    ExternalData(MappedFile model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    /**
     * The file of a location, mapped.
     *
     * @throws InvalidInputException if it is not there or lies where a model's data may not lie
     */
    MappedFile file(String location) throws InvalidInputException {
        MappedFile known = filesByLocation.get(location);
        if (known != null) {
            return known;
        }
        if (filesByLocation.size() == MOST_FILES) {
            throw model.damaged("has its tensors in more than " + MOST_FILES + " files", HELP);
        }
        MappedFile opened = MappedFile.open(path(location));
        filesByLocation.put(location, opened);
        return opened;
    }

    /** The files that were asked for. */
    List<Path> files() {
        return filesByLocation.values().stream().map(file -> Path.of(file.name())).sorted().toList();
    }

    private Path path(String location) throws InvalidInputException {
        String quoted = Quotation.of(location);
        try {
            Path relative = Path.of(location);
            if (location.contains("\\") || relative.isAbsolute() || !relative.equals(relative.normalize())
                    || relative.startsWith("..") || location.isEmpty()) {
                throw model.damaged("names a file outside of its folder: " + quoted, HELP);
            }
            Path realFolder = folder.toRealPath();
            Path path = realFolder.resolve(relative);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw model.damaged("has tensors in the file " + quoted + ", which is not in its folder",
                        "put it there");
            }
            if (!path.toRealPath().equals(path)) {
                throw model.damaged("names the file " + quoted + ", which is reached through a link", HELP);
            }
            return path;
        } catch (InvalidPathException _) {
            throw model.damaged("names a file outside of its folder: " + quoted, HELP);
        } catch (IOException unreadable) {
            throw model.damaged("names the file " + quoted + ", which cannot be reached: " + unreadable.getMessage(),
                    HELP);
        }
    }

    @Override
    public void close() {
        filesByLocation.values().forEach(MappedFile::close);
        filesByLocation.clear();
    }
}
