package io.xceptionc.cli.verify;

import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.predict.InputImage;
import io.xceptionc.cli.predict.InputImages;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.SelfTest;
import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The images that a model is verified with, one after another. */
public final class VerificationInput {

    private static final long SEED = 1;

    private static final double HALF_OF_LEVELS = 127.5;

    private final ModelSignature signature;
    private final List<InputImage> inputs;

    private VerificationInput(ModelSignature signature, List<InputImage> inputs) {
        this.signature = signature;
        this.inputs = inputs;
    }

    /** The images of a file or folder, or one that is drawn. */
    public static VerificationInput of(CompiledModel model, Optional<Path> path) {
        return new VerificationInput(model.signature(), path
                .map(file -> new InputImages(model.signature()).of(List.of(file))).orElse(List.of()));
    }

    /** How many there are. */
    int count() {
        return Math.max(1, inputs.size());
    }

    /** What messages call one. */
    String name(int index) {
        return inputs.isEmpty() ? "a drawn image" : inputs.get(index).name();
    }

    /**
     * One image.
     *
     * @throws InputException if it cannot be had
     */
    float[] image(int index) throws InputException {
        if (inputs.isEmpty()) {
            return drawn();
        }
        float[] image = new float[signature.inputLength()];
        try {
            inputs.get(index).writeTo(MemorySegment.ofArray(image), signature);
        } catch (InputException e) {
            throw new InputException(name(index) + " " + e.getMessage());
        }
        return image;
    }

    /** Numbers from -1 to 1, or as a picture has them where the model scales arrays. */
    private float[] drawn() {
        float[] image = SelfTest.Drawing.MOSTLY_EVEN.image(SEED, signature.inputLength());
        if (signature.arrayScaling().isNone() || signature.preprocessing().isEmpty()) {
            return image;
        }
        ChannelScaling levels = new ChannelScaling(HALF_OF_LEVELS, HALF_OF_LEVELS);
        return new ArrayScaling(signature.preprocessing().get().scaling().stream().map(levels::then).toList())
                .scaled(image);
    }

    /**
     * The only image.
     *
     * @throws InputException if there are several, or it cannot be had
     */
    public float[] single() throws InputException {
        if (count() > 1) {
            throw new InputException("layers are compared for one image, but there are " + count() + " of them, from "
                    + name(0) + " on; give one");
        }
        return image(0);
    }
}
