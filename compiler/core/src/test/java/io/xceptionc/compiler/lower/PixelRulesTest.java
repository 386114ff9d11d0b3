package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.SeededWeights;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.PixelRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelRulesTest {

    private static final String CONV = "{conv2d: {filters: 1, kernel: 1}}, ";

    private final Diagnostics diagnostics = new Diagnostics();

    private ModelOutput output(String layers, String more) {
        String text = "model: m\ninput: {shape: [8, 8, 3]}\nlayers: [" + layers + "]\n" + more;
        Spec spec = SpecParser.parse("m.yaml", text, diagnostics).orElseThrow();
        SeededWeights weights = new SeededWeights(1, Lowering.convention(spec), diagnostics);
        LoweredNetwork network = Lowering.lower(spec, Optional.empty(), weights, diagnostics).orElseThrow();
        return NetworkOutputs.of(network, Path.of("."), diagnostics).getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            relu                                                             | greatest
            argmax                                                           | number
            argmax, {up_sampling2d: {factor: 2}}, {crop2d: {cropping: 1}}    | number
            argmax, {up_sampling2d: {factor: 2, interpolation: bilinear}}    | 0.0
            CONV sigmoid                                                     | 0.5
            CONV relu                                                        | 0.5
            CONV softmax                                                     | 0.5
            CONV {hard_sigmoid: {slope: 0.2}}                                | 0.5
            CONV {clip: {min: 0, max: 1}}                                    | 0.5
            CONV sigmoid, {up_sampling2d: {factor: 2, interpolation: bilinear}}, {crop2d: {cropping: 1}}, dropout | 0.5
            sigmoid, max_channels                                            | 0.5
            CONV {clip: {min: -1, max: 1}}                                   | 0.0
            CONV tanh                                                        | 0.0
            CONV batch_norm                                                  | 0.0
            CONV sigmoid, {conv2d: {filters: 1, kernel: 1}}                  | 0.0
            max_channels                                                     | 0.0
            """)
    void theLastLayersSayHowClassesAreRead(String layers, String rule) {
        assertEquals(rule, output(layers.replace("CONV ", CONV), "").pixels().toString());
        assertEquals(List.of(), diagnostics.sorted());
    }

    @Test
    void amongSeveralInputsOneThatMayBeNegativeIsEnough() {
        String two = "{conv2d: {name: a, filters: 1, kernel: 1}}, {sigmoid: {name: p}}, "
                + "{tanh: {name: q, input: a}}, {hard_sigmoid: {name: r, input: a}}, ";
        assertEquals(PixelRule.PROBABILITY, output(two + "{average: {inputs: [p, r]}}", "").pixels());
        assertEquals(PixelRule.LOGIT, output(two + "{average: {inputs: [p, q]}}", "").pixels());
    }

    /** Of a hundred squarings of squares there are more ways through the network than time. */
    @Test
    void everyLayerIsAskedOnce() {
        String squares = "{sigmoid: {name: s0, input: c}}";
        for (int i = 1; i <= 100; i++) {
            squares += ", {multiply: {name: s" + i + ", inputs: [s" + (i - 1) + ", s" + (i - 1) + "]}}";
        }
        String layers = "{conv2d: {name: c, filters: 1, kernel: 1}}, " + squares;
        assertEquals(PixelRule.PROBABILITY,
                Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> output(layers, "")).pixels());
    }

    @Test
    void oneChannelHasLabelsForItsClasses() {
        assertEquals(List.of("a", "b", "c"), output("argmax", "labels: [a, b, c]").labels());
        assertEquals(List.of("no", "yes"), output(CONV + "sigmoid", "labels: [no, yes]").labels());
        assertEquals(List.of("yes"), output(CONV + "sigmoid", "labels: [yes]").labels());
        assertEquals(List.of(), diagnostics.sorted());
        output("argmax", "labels: [a, b]");
        assertEquals("there are 2 labels, but the network yields an image [8, 8, 1]"
                + " / give one label for each of the 3 classes, in their order",
                diagnostics.first().map(first -> first.message() + " / " + first.help()).orElseThrow());
    }
}
