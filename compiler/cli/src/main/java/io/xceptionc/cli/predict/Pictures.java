package io.xceptionc.cli.predict;

import io.xceptionc.cli.file.InputException;
import io.xceptionc.runtime.picture.PictureException;
import io.xceptionc.runtime.picture.PictureFile;
import io.xceptionc.runtime.picture.PictureLimits;
import io.xceptionc.runtime.picture.PictureOrientation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Reads pictures of every format that ImageIO has a reader for. */
final class Pictures {

    static {
        ImageIO.setUseCache(false); // for readers that open streams of their own
    }

    private Pictures() {}

    /**
     * Reads the first picture of a file.
     *
     * @throws InputException if it is none, damaged or too large; the message does not name the file
     */
    static BufferedImage read(Path file, PictureOrientation orientation) throws InputException {
        try {
            return PictureFile.read(file, PictureLimits.USUAL, orientation);
        } catch (PictureException e) {
            throw new InputException(e.problem());
        }
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
