package io.xceptionc.cli;

import io.xceptionc.compiler.diagnostic.FileProblem;
import io.xceptionc.compiler.diagnostic.RegularFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures of every format that ImageIO has a reader for. */
final class Pictures {

    /** More pixels than any camera takes; twice as many could exhaust the memory. */
    static final long MOST_PIXELS = 200_000_000;

    /** So many are read of any file: what a damaged one declares costs little. */
    private static final long HARMLESS_PIXELS = 1 << 22;

    /** More than a byte can stand for in a whole file; Deflate packs 1032 bytes of 8 black or white pixels. */
    private static final long MOST_PIXELS_OF_A_BYTE = 10_000;

    static {
        ImageIO.setUseCache(false); // what is read is kept in memory rather than in temporary files
    }

    private Pictures() {}

    /**
     * Reads the first picture of a file.
     *
     * @throws InputException if it is none, damaged or too large; the message does not name the file
     */
    static BufferedImage read(Path file) throws InputException {
        try (InputStream bytes = open(file); ImageInputStream stream = ImageIO.createImageInputStream(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new InputException("is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return read(reader, Files.size(file));
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            throw new InputException("is damaged: " + FileProblem.describe(e));
        } catch (RuntimeException e) { // readers throw all sorts of them on damaged files
            throw new InputException("is damaged: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
        } catch (OutOfMemoryError e) {
            throw new InputException("takes more memory than there is");
        }
    }

    /** Opens a file by its path, as a {@code File} would lose the bytes of names that the locale has no letters for. */
    private static InputStream open(Path file) throws InputException, IOException {
        Optional<String> problem = RegularFile.problem(file);
        if (problem.isPresent()) {
            throw new InputException(problem.get());
        }
        if (!Files.isReadable(file)) {
            throw new InputException("cannot be read; check its permissions");
        }
        return Files.newInputStream(file);
    }

    private static BufferedImage read(ImageReader reader, long fileBytes) throws InputException, IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new InputException("has " + Quantities.count(pixels) + " pixels; at most "
                    + Quantities.count(MOST_PIXELS) + " are read");
        }
        if (pixels > HARMLESS_PIXELS && pixels / MOST_PIXELS_OF_A_BYTE > fileBytes) {
            throw new InputException("is damaged: it declares " + Quantities.count(pixels) + " pixels, but has only "
                    + Quantities.count(fileBytes) + " bytes");
        }
        return reader.read(0);
    }

    /** The formats, by the usual endings of files, in small letters. */
    private static Set<String> formats() {
        Set<String> formats = new TreeSet<>();
        for (String suffix : ImageIO.getReaderFileSuffixes()) {
            formats.add(suffix.toLowerCase(Locale.ROOT));
        }
        formats.remove("");
        return formats;
    }

    /** The pictures in a folder, by the endings of their names, sorted; not those of folders in it. */
    static List<Path> in(Path folder) throws IOException {
        Set<String> formats = formats();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> formats.contains(ending(file))).filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
