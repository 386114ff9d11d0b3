package io.xceptionc.compiler.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.Keyword;
import io.xceptionc.compiler.language.attribute.NotOffered;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other frameworks have and the language has not is never taken for what it has. */
class NotOfferedTest {

    private static final String NOTHING_ELSE = "it is not offered, and nothing else computes the same; ";

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    crelu           | train the network with one of the activations of the reference
                    SReLU           | train the network with one of the activations of the reference
                    rrelu           | train the network with one of the activations of the reference
                    softmin         | train the network with one of the activations of the reference
                    weight_norm     | values are normalised by batch_norm, layer_norm, rms_norm, group_norm, instance_norm, l2_norm and lrn
                    GRN             | values are normalised by batch_norm, layer_norm, rms_norm, group_norm, instance_norm, l2_norm and lrn
                    Conv3D          | images are convolved by conv2d, depthwise_conv2d, separable_conv2d and conv2d_transpose
                    Conv3DTranspose | images are convolved by conv2d, depthwise_conv2d, separable_conv2d and conv2d_transpose
                    max_pool1d      | images are pooled by max_pool2d, avg_pool2d, global_max_pool2d, global_avg_pool2d, adaptive_max_pool2d and adaptive_avg_pool2d
                    divide          | values are joined by add, subtract, multiply, maximum, minimum, average and concat
                    unflatten       | numbers are moved by flatten, zero_pad2d, pad2d, crop2d, slice_channels, channel_shuffle, depth_to_space, space_to_depth and concat
                    """)
    void layersAreAnsweredByName(String word, String advice) {
        assertEquals(List.of("there is no operator '" + word + "' (" + NOTHING_ELSE + advice + ")"),
                problems("layers: [" + word + "]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            xswish  | the operators are listed in the reference of the spec language
            relu7   | the operators are listed in the reference of the spec language
            rellu   | did you mean 'relu'?
            relu_6  | did you mean 'relu6'?
            SiLU    | did you mean 'swish'?
            h_swish | did you mean 'hard_swish'?
            BatchNorm2d | did you mean 'batch_norm'?
            GaussianNoise | did you mean 'dropout'?
            ConvTranspose2d | did you mean 'conv2d_transpose'?
            pixel_shuffle | did you mean 'depth_to_space'?
            """)
    void slipsAndOtherNamesKeepTheirHint(String word, String help) {
        assertEquals(List.of("there is no operator '" + word + "' (" + help + ")"), problems("layers: [" + word + "]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    rrelu  | it is not offered, and nothing else computes the same; train the network with one of the activations of the reference
                    glu    | it is not offered, and nothing else computes the same; train the network with one of the activations of the reference
                    linear | did you mean 'none'?
                    silu   | did you mean 'swish'?
                    reluu  | did you mean 'relu'?
                    """)
    void activationsOfLayers(String word, String help) {
        List<String> problems = problems("layers: [dense: {units: 1, activation: " + word + "}]");
        assertEquals(help, problems.getFirst().replaceFirst("^.*\\((.*)\\)$", "$1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    batch_norm: {momentum: 0.9}            | batch_norm has no 'momentum' (leave it out: it matters in training only)
                    batch_norm: {affine: false}            | batch_norm has no 'affine' (say scale and center in its place)
                    gelu: {approximate: tanh}              | gelu has no 'approximate' (it is not offered, and leaving it out may give another network)
                    avg_pool2d: {kernel: 2, dilation: 2}   | avg_pool2d has no 'dilation' (it is not offered, and leaving it out may give another network)
                    softmax: {axis: 1}                     | softmax has no 'axis' (leave it out if it is that of the channels; another one is not offered)
                    avg_pool2d: {kernel: 2, strides: 2}    | avg_pool2d has no 'strides' (did you mean 'stride'?)
                    """)
    void attributes(String layer, String problem) {
        assertEquals(List.of(problem), problems("layers: [" + layer + "]"));
    }

    @Test
    void whatIsOfferedIsNotListed() {
        for (String word : Keyword.layerWords()) {
            assertEquals(Optional.empty(), NotOffered.LAYERS.advice(word), word);
        }
        assertFalse(NotOffered.LAYERS.adviceByWord().isEmpty());
    }

    private static List<String> problems(String layers) {
        Diagnostics diagnostics = new Diagnostics();
        SpecParser.parse("s.yaml", "model: m\ninput: {shape: [8, 8, 3]}\n" + layers + "\n", diagnostics);
        return diagnostics.sorted().stream().map(NotOfferedTest::text).toList();
    }

    private static String text(Diagnostic diagnostic) {
        return diagnostic.message() + " (" + diagnostic.help() + ")";
    }
}
