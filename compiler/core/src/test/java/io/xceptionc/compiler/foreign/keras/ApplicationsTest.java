package io.xceptionc.compiler.foreign.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.foreign.UsualPictures;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of layers are those of the models that {@code keras.applications} of Keras 3.15 builds. */
class ApplicationsTest {

    private static KerasLayer layer(String name, List<KerasLayer> inner) {
        return new KerasLayer(name, inner.isEmpty() ? "Conv2D" : "Functional", "keras.layers", Json.ABSENT, Json.ABSENT,
                inner);
    }

    private static List<KerasLayer> layers(String names) {
        return Stream.of(names.split(" ")).map(name -> layer(name, List.of())).toList();
    }

    private static String words(List<KerasLayer> layers, int channels) {
        return Applications.of(layers, channels).map(UsualPictures::words).orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            block1_conv1 block1_conv2 block1_pool block5_pool                | BGR, x - [103.939, 116.779, 123.68]
            conv1_pad conv1_conv conv1_bn conv2_block1_out                   | BGR, x - [103.939, 116.779, 123.68]
            conv1_pad conv1_conv conv2_block1_out post_bn                    | RGB, x / 127.5 - 1
            block1_conv1 block1_conv1_bn block1_conv2 block14_sepconv2       | RGB, x / 127.5 - 1
            conv1 conv1_bn conv_dw_1 conv_pw_13 conv_preds                   | RGB, x / 127.5 - 1
            Conv1 bn_Conv1 expanded_conv_depthwise out_relu                  | RGB, x / 127.5 - 1
            stem_conv1 stem_bn1 reduction_conv_1_stem_1                      | RGB, x / 127.5 - 1
            conv1_conv conv1_bn conv2_block1_concat conv5_block1_concat      | \
            RGB, (x / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
            conv conv_bn expanded_conv_depthwise                             | nothing
            conv2d dense                                                     | nothing
            """)
    void theNamesOfLayersTellTheFamily(String names, String expected) {
        assertEquals(expected, words(layers(names), 3));
        assertEquals("nothing", words(layers(names), 1));
    }

    @Test
    void aFamilyIsKnownInsideOfAnotherModel() {
        List<KerasLayer> layers = List.of(layer("vgg16", layers("block1_conv2 block5_pool")),
                layer("dense", List.of()));
        assertEquals("BGR, x - [103.939, 116.779, 123.68]", words(layers, 3));
        assertEquals("VGG of keras.applications", Applications.of(layers, 3).orElseThrow().family());
        assertEquals("bgr", Applications.of(layers, 3).orElseThrow().pictures().color());
    }
}
