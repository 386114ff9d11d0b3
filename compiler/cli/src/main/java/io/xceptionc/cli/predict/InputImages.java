package io.xceptionc.cli.predict;

import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.picture.PictureOrientation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds the images that a user means. */
public final class InputImages {

    private static final String ARRAY_ENDING = ".npy";

    private final ModelSignature signature;
    private final PictureOrientation orientation;

    /** For a model, pictures being turned upright. */
    public InputImages(ModelSignature signature) {
        this(signature, PictureOrientation.UPRIGHT);
    }

    /**
     * For a model.
     *
     * @param orientation which side of pictures is up
     */
    public InputImages(ModelSignature signature, PictureOrientation orientation) {
        this.signature = signature;
        this.orientation = orientation;
    }

    /** The images of files and folders, in the order given; what cannot be used is among them. */
    public List<InputImage> of(List<Path> paths) {
        return paths.stream().flatMap(path -> of(path).stream()).toList();
    }

    private List<InputImage> of(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return ofFolder(path);
            }
            if (path.toString().toLowerCase(Locale.ROOT).endsWith(ARRAY_ENDING)) {
                return ofArray(path);
            }
            return List.of(new InputImage.Picture(path, orientation));
        } catch (AccessDeniedException _) {
            return List.of(new InputImage.Unusable(path.toString(), "cannot be read; check its permissions"));
        } catch (IOException | UncheckedIOException e) {
            return List.of(new InputImage.Unusable(path.toString(), "cannot be read: " + e.getMessage()));
        } catch (InputException e) {
            return List.of(new InputImage.Unusable(path.toString(), e.getMessage()));
        }
    }

    private List<InputImage> ofFolder(Path folder) throws InputException, IOException {
        List<Path> pictures = Pictures.in(folder);
        if (pictures.isEmpty()) {
            throw new InputException("holds no picture; folders in it are not searched");
        }
        return pictures.stream().<InputImage>map(file -> new InputImage.Picture(file, orientation)).toList();
    }

    private List<InputImage> ofArray(Path file) throws InputException, IOException {
        List<Integer> shape;
        try (NpyFile array = NpyFile.open(file)) {
            shape = array.shape();
        } catch (ArrayFileException e) {
            throw new InputException(e.getMessage());
        }
        if (shape.equals(signature.inputShape())) {
            return List.of(new InputImage.Array(file.toString(), file, 0));
        }
        if (shape.size() != 4 || !shape.subList(1, 4).equals(signature.inputShape())) {
            throw new InputException("has the shape " + shape + "; model '" + signature.name() + "' takes "
                    + signature.inputShape() + ", or [n, ...] of them");
        }
        if (shape.getFirst() == 0) {
            throw new InputException("has the shape " + shape + ", which is no image at all");
        }
        return IntStream.range(0, shape.getFirst())
                .<InputImage>mapToObj(i -> new InputImage.Array(file + "[" + i + "]", file, i)).toList();
    }
}
