package io.xceptionc.cli.predict;

import io.xceptionc.runtime.ModelOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names of files for masks, each its own, also where names that differ in small and capital letters alone are one. */
final class MaskNames {

    /** Leaves room for what is added in the 255 bytes that file systems have for a name. */
    private static final int MOST_BYTES = 200;

    private final Path folder;
    private final boolean severalImages;
    private final Set<String> taken = new HashSet<>();

    /** For files in a folder. */
    MaskNames(Path folder, List<ModelOutput> images) {
        this.folder = folder;
        severalImages = images.size() > 1;
    }

    /**
     * The files for an input: {@code NAME.mask.png} and {@code NAME.overlay.png}, with the output's name between where
     * there are several, and a number where another input has that name already.
     */
    MaskFiles of(InputImage input, ModelOutput output) {
        String name = shortened(stem(input) + (severalImages ? "." + output.name().replace('/', '.') : ""));
        String unique = name;
        for (int number = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); number++) {
            unique = name + "-" + number;
        }
        Path overlay = folder.resolve(unique + ".overlay.png");
        return new MaskFiles(folder.resolve(unique + ".mask.png"),
                input instanceof InputImage.Picture ? Optional.of(overlay) : Optional.empty());
    }

    private static String stem(InputImage input) {
        return switch (input) {
            case InputImage.Picture(Path file, _) -> withoutEnding(file);
            case InputImage.Array(String name, Path file, int image) ->
                    withoutEnding(file) + (name.endsWith("]") ? "-" + image : "");
            case InputImage.Unusable unusable -> throw new IllegalArgumentException(unusable.name());
        };
    }

    private static String withoutEnding(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String shortened(String name) {
        String shorter = name;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }
}
