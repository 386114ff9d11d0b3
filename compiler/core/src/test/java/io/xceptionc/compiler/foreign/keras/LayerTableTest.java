package io.xceptionc.compiler.foreign.keras;

import static java.util.stream.Collectors.joining;

import io.xceptionc.compiler.testing.ReferencePart;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The reference lists the layers and operations of Keras that are taken, no others. */
class LayerTableTest {

    private static final Map<String, String> LIMITS = Map.ofEntries(
            Map.entry("Activation", "of those that the spec language has"),
            Map.entry("BatchNormalization", "of channels, not in training mode"),
            Map.entry("Concatenate", "of channels"),
            Map.entry("Flatten", "of images and vectors"),
            Map.entry("GroupNormalization", "of channels"),
            Map.entry("LayerNormalization", "of channels"),
            Map.entry("Normalization", "adapted or given, one number for each channel or one for all"),
            Map.entry("PReLU", "one slope, or one for each channel (shared_axes [1, 2])"),
            Map.entry("Permute", "that moves nothing"),
            Map.entry("RandomCrop", "the centre, as at inference"),
            Map.entry("Reshape", "to a vector, or behind a global pool to `[1, 1, channels]`"),
            Map.entry("Resizing", "nearest and bilinear"),
            Map.entry("Softmax", "over the channels"),
            Map.entry("UpSampling2D", "nearest and bilinear"));

    private static String list(Set<String> names) {
        return names.stream().map(each -> "`" + each + "`").collect(joining(", "));
    }

    @Test
    void theReferenceListsThem() throws IOException {
        Set<String> classes = new TreeSet<>(LayerTranslations.classes());
        Set<String> ofTraining = LayerTranslations.classesOfTraining();
        classes.removeAll(ofTraining);
        ReferencePart.assertMatches("### Layers of Keras",
                "Of Keras 1, 2 and 3, `channels_last`, in functional and sequential models inside of each other; TensorFlow.js"
                        + " has the same layers.\n\n" + ReferencePart.table("layer", classes, LIMITS)
                        + "\nThat do nothing but in training: " + list(ofTraining)
                        + ".\n\nOperations on tensors, of `keras.ops` and `tf`, by their names without underscores: "
                        + list(Operations.words()) + ".\n");
    }
}
