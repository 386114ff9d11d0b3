package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.UsualPictures;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Standardised;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The families of {@code keras.applications} that leave scaling to their {@code preprocess_input}. Whatever a model is
 * called and ends with, the names of some of its layers tell.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/applications/imagenet_utils.py">Keras, preprocess_input</a>
 */
enum Applications {
    VGG("VGG", Mode.CAFFE, Set.of("block1_conv2", "block5_pool"), "block1_conv1_bn"),
    RESNET("ResNet", Mode.CAFFE, Set.of("conv1_bn", "conv2_block1_out"), "post_bn"),
    RESNET_V2("ResNet V2", Mode.TENSORFLOW, Set.of("conv2_block1_out", "post_bn"), ""),
    XCEPTION("Xception", Mode.TENSORFLOW, Set.of("block1_conv1_bn", "block14_sepconv2"), ""),
    INCEPTION("Inception V3", Mode.TENSORFLOW, Set.of("mixed0", "mixed10"), ""),
    INCEPTION_RESNET("Inception-ResNet V2", Mode.TENSORFLOW, Set.of("block35_1_mixed", "conv_7b"), ""),
    MOBILENET("MobileNet", Mode.TENSORFLOW, Set.of("conv_dw_1", "conv_pw_13"), ""),
    MOBILENET_V2("MobileNet V2", Mode.TENSORFLOW, Set.of("bn_Conv1", "expanded_conv_depthwise"), ""),
    NASNET("NASNet", Mode.TENSORFLOW, Set.of("stem_conv1", "stem_bn1"), ""),
    DENSENET("DenseNet", Mode.TORCH, Set.of("conv2_block1_concat", "conv5_block1_concat"), "");

    private static final int COLORS = 3;

    private final String family;
    private final Mode mode;
    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set
    private final Set<String> layers;
    private final String otherwise;

    /**
     * A family.
     *
     * @param layers names that its networks have
     * @param otherwise one that they have not
     */
    Applications(String family, Mode mode, Set<String> layers, String otherwise) {
        this.family = family;
        this.mode = mode;
        this.layers = layers;
        this.otherwise = otherwise;
    }

    /** What {@code preprocess_input} does, by its own words. */
    private enum Mode {
        CAFFE("bgr", List.of(new Linear(1, -103.939), new Linear(1, -116.779), new Linear(1, -123.68)),
                "BGR, x - [103.939, 116.779, 123.68]"),
        TENSORFLOW("rgb", List.of(new Linear(1 / 127.5, -1), new Linear(1 / 127.5, -1), new Linear(1 / 127.5, -1)),
                "RGB, x / 127.5 - 1"),
        TORCH("rgb", List.of(new Standardised(0.485, 0.229), new Standardised(0.456, 0.224),
                new Standardised(0.406, 0.225)), "RGB, (x / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]");

        private final String color;
        @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of immutable records
        private final List<Scaling> scaling;
        private final String words;

        Mode(String color, List<Scaling> scaling, String words) {
            this.color = color;
            this.scaling = scaling;
            this.words = words;
        }
    }

    /** How a model of a family takes pictures; empty if it is of none. */
    static Optional<UsualPictures> of(List<KerasLayer> layers, int channels) {
        Set<String> names = new HashSet<>();
        collect(layers, names);
        return Arrays.stream(values()).filter(_ -> channels == COLORS)
                .filter(each -> names.containsAll(each.layers) && !names.contains(each.otherwise)).findFirst()
                .map(each -> new UsualPictures(each.family + " of keras.applications",
                        new Pictures("bilinear", OptionalInt.empty(), each.mode.color, each.mode.scaling),
                        each.mode.words));
    }

    private static void collect(List<KerasLayer> layers, Set<String> names) {
        for (KerasLayer layer : layers) {
            names.add(layer.name());
            collect(layer.layers(), names);
        }
    }
}
