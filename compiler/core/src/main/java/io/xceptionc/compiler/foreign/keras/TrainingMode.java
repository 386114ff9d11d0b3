package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.format.keras.KerasNetwork;
import java.util.Optional;

/**
 * Whether layers are called with {@code training=True}, so that they do what they do in training even when the model
 * only answers.
 *
 * @param isKeras3 whether the argument of an outer call goes before that of an inner one
 * @param freezesNorms whether batch norms with {@code trainable=False} use what they have learned nevertheless
 * @param training the argument of the call at hand, or of one around it; empty if none has it
 * @see <a href="https://keras.io/getting_started/faq/">Keras, the difference between the training argument and the trainable
 *      attribute</a>
 */
record TrainingMode(boolean isKeras3, boolean freezesNorms, Optional<Boolean> training) {

    private static final String HELP = "build the model anew without training=True, or with training=False, load the"
            + " weights into it and save it";

    /** That in which a file's model is called. */
    static TrainingMode of(KerasNetwork file) {
        return new TrainingMode(file.isKeras3(), file.freezesNorms(), Optional.empty());
    }

    /** That of a call inside of a model that is called in this one. */
    TrainingMode of(LayerCall call) {
        Optional<Boolean> inner = isKeras3 ? training.or(call::training) : call.training().or(() -> training);
        return new TrainingMode(isKeras3, freezesNorms, inner);
    }

    /** Why a layer does not do what it does when a model only answers; empty if it does. */
    Optional<CannotImportException> changes(KerasLayer layer) {
        if (!training.orElse(false)) {
            return Optional.empty();
        }
        String className = layer.className();
        if (className.equals("BatchNormalization")) {
            boolean isFrozen = freezesNorms && !layer.config().get("trainable").truth().orElse(true);
            return isFrozen ? Optional.empty() : refused("normalises by the batch at hand");
        }
        // Keras 3 writes training=True, the default of augmentation, into each such call, and answers without nevertheless.
        boolean isRandom = className.endsWith("Dropout") || className.startsWith("SpatialDropout")
                || className.equals("GaussianNoise") || (className.startsWith("Random") && !isKeras3);
        return isRandom && !isZero(layer.config().get("rate")) && !isZero(layer.config().get("stddev"))
                ? refused("changes numbers at random")
                : Optional.empty();
    }

    private static boolean isZero(Json value) {
        return value.number().filter(number -> number == 0).isPresent();
    }

    private static Optional<CannotImportException> refused(String effect) {
        return Optional.of(new CannotImportException(
                "it, or the model that it is in, is called with training=True, where it " + effect, HELP));
    }
}
