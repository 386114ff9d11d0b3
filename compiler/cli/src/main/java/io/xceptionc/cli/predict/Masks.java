package io.xceptionc.cli.predict;

import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.file.OutputFile;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.output.AtomicFile;
import io.xceptionc.runtime.ClassMap;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.image.PictureGrid;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;

/** Writes the class maps of images that a model yields to a folder, at the size of the pictures that it was shown. */
public final class Masks {

    private final ModelSignature signature;
    private final List<InputImage> inputs;
    /** For each input a pair of files for each output, none for an output that is no image. */
    private final List<List<Optional<MaskFiles>>> files = new ArrayList<>();
    private int next;

    /**
     * Plans the files for all inputs; nothing is written yet.
     *
     * @param read what the user has given as inputs
     * @throws UsageException if the model yields no image
     * @throws InputException if files cannot be made there, or would replace what is to be read
     */
    public Masks(Path folder, ModelSignature signature, List<InputImage> inputs, List<Path> read)
            throws UsageException, InputException, IOException {
        this.signature = signature;
        this.inputs = inputs;
        List<ModelOutput> images = signature.outputs().stream().filter(Masks::isImage).toList();
        if (images.isEmpty()) {
            throw new UsageException("model '" + signature.name() + "' yields no image but " + OutputText.shapes(
                    signature) + ", so there is no class of each pixel; leave --masks out");
        }
        MaskNames names = new MaskNames(folder, images);
        for (InputImage input : inputs) {
            files.add(signature.outputs().stream()
                    .map(output -> input instanceof InputImage.Unusable || !isImage(output)
                            ? Optional.<MaskFiles>empty()
                            : Optional.of(names.of(input, output)))
                    .toList());
        }
        requireHarmless(folder, read);
    }

    private static boolean isImage(ModelOutput output) {
        return output.kind() == ModelOutput.Kind.IMAGE;
    }

    private void requireHarmless(Path folder, List<Path> read) throws InputException, IOException {
        OutputFile.requireFolder(folder);
        Set<Path> places = new HashSet<>();
        for (Path path : read) {
            if (Files.exists(path)) {
                places.add(path.toRealPath());
            }
        }
        if (Files.exists(folder) && places.contains(folder.toRealPath())) {
            throw new InputException(folder + " is to be read, and masks in it would be taken for pictures next time; "
                    + "choose another folder");
        }
        for (InputImage input : inputs) {
            if (input instanceof InputImage.Picture(Path file, _) && Files.exists(file)) {
                places.add(file.toRealPath());
            }
        }
        for (Optional<MaskFiles> pair : files.stream().flatMap(List::stream).toList()) {
            if (pair.isPresent()) {
                requireHarmless(pair.get().mask(), places);
                requireHarmless(pair.get().overlay().orElse(pair.get().mask()), places);
            }
        }
    }

    private static void requireHarmless(Path file, Set<Path> read) throws InputException, IOException {
        OutputFile.requireReplaceable(file, Files.exists(file) && read.contains(file.toRealPath())
                ? List.of(file)
                : List.of());
    }

    /**
     * Writes the maps of each prediction before an answer is made of it; the predictions come in the order of the
     * inputs.
     */
    public Predictor.Sink before(Answers answers) {
        return prediction -> {
            int index = next++;
            if (!prediction.problem().isEmpty()) {
                answers.add(prediction);
                return;
            }
            String problem = problemOf(index, prediction.values().orElseThrow());
            if (problem.isEmpty()) {
                answers.add(prediction, files.get(index));
            } else {
                remove(files.get(index));
                answers.add(new Prediction(prediction.input(), prediction.values(), problem, 0));
            }
        };
    }

    /** Writes the files of an input. Returns why that cannot be done, or nothing. */
    private String problemOf(int index, List<float[]> values) throws IOException {
        try {
            write(inputs.get(index), files.get(index), values);
            return "";
        } catch (InputException | ModelException e) {
            return e.getMessage();
        } catch (OutOfMemoryError _) {
            return "its masks take more memory than there is";
        }
    }

    /** Leaves nothing of an input that has no answer. */
    private static void remove(List<Optional<MaskFiles>> pairs) throws IOException {
        for (Optional<MaskFiles> pair : pairs) {
            if (pair.isPresent()) {
                Files.deleteIfExists(pair.get().mask());
                Files.deleteIfExists(pair.get().overlay().orElse(pair.get().mask()));
            }
        }
    }

    private void write(InputImage input, List<Optional<MaskFiles>> pairs, List<float[]> values)
            throws InputException, IOException {
        Optional<BufferedImage> picture = input instanceof InputImage.Picture shown
                ? Optional.of(readAgain(shown))
                : Optional.empty();
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).isPresent()) {
                ClassMap map = ClassMap.of(signature.outputs().get(i), values.get(i), grid(picture));
                write(map.toImage(), pairs.get(i).get().mask());
                if (picture.isPresent()) {
                    write(map.over(picture.get()), pairs.get(i).get().overlay().orElseThrow());
                }
            }
        }
    }

    private static BufferedImage readAgain(InputImage.Picture picture) throws InputException {
        if (!Files.isRegularFile(picture.file())) {
            throw new InputException("can be read only once, and masks need it twice; save it to a file first");
        }
        return picture.read();
    }

    /** An array is as large as the network's input. */
    private PictureGrid grid(Optional<BufferedImage> picture) {
        return picture.isPresent()
                ? PictureGrid.of(picture.get().getHeight(), picture.get().getWidth(),
                        signature.preprocessing().orElseThrow())
                : PictureGrid.whole(signature.inputShape().get(0), signature.inputShape().get(1));
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        AtomicFile.write(file, stream -> {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IOException(file + ": this JVM writes no PNG");
            }
        });
    }
}
