package io.xceptionc.cli.predict;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the class map of an image is.
 *
 * @param mask an indexed picture of classes
 * @param overlay the classes over the picture; none of an array, which is no picture
 */
public record MaskFiles(Path mask, Optional<Path> overlay) {

    /** Both, or the one. */
    String inWords() {
        return mask + overlay.map(file -> ", " + file).orElse("");
    }
}
