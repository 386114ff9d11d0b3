package io.xceptionc.compiler.foreign.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.ForeignFormat;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.keras.KerasFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layers that are called with {@code training=True}. The batch norm is the {@code bn1} of the small network, with as
 * many channels as its first convolution has filters.
 */
class TrainingModeTest {

    private static final String HELP = "build the model anew without training=True, or with training=False, load the"
            + " weights into it and save it";

    private static final String NORMALISES =
            "it, or the model that it is in, is called with training=True, where it normalises by the batch at hand";
    private static final String DROPS =
            "it, or the model that it is in, is called with training=True, where it changes numbers at random";

    @Test
    void theFileThatKerasWroteIsRefused() {
        assertEquals(List.of("cannot import 'BatchNormalization' 'bn': " + NORMALISES + " (" + HELP + ")"),
                problems(() -> ForeignFormat.read(KerasFiles.path("training-true.h5"), "m", Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    [["conv1", 0, 0, {"training": true}]]
                    [[["conv1", 0, 0, {"training": true}]]]
                    [[["conv1", 0, 0, {"training": 1}]]]
                    [{"args": [TENSOR], "kwargs": {"training": true}}]
                    [{"args": [TENSOR, true], "kwargs": {}}]
                    [{"args": [TENSOR], "kwargs": {"training": 1, "mask": null}}]
                    """)
    void everyFormOfACall(String nodes) {
        assertEquals(List.of("cannot import 'BatchNormalization' 'bn1': " + NORMALISES + " (" + HELP + ")"),
                problems(() -> read(functional(norm("true", nodes.replace("TENSOR", TENSOR))))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    true | [[["conv1", 0, 0, {}]]]
                    true | [[["conv1", 0, 0, {"training": false}]]]
                    true | [[["conv1", 0, 0, {"training": null}]]]
                    true | [{"args": [TENSOR], "kwargs": {"training": false, "mask": null}}]
                    true | [{"args": [TENSOR, null], "kwargs": {}}]
                    false | [[["conv1", 0, 0, {"training": true}]]]
                    false | [{"args": [TENSOR], "kwargs": {"training": true}}]
                    """)
    void whatOnlyAnswersIsTaken(String trainable, String nodes) throws IOException, InvalidInputException {
        assertEquals(4, read(functional(norm(trainable, nodes.replace("TENSOR", TENSOR)))).graph().nodes().size());
    }

    @Test
    void allLayersInATrainingModelAreNamed() {
        String inner = """
                {"class_name": "Sequential", "name": "inner", "config": {"name": "inner", "layers": [
                {"class_name": "BatchNormalization", "config": {"name": "bn1"}},
                {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.5}},
                {"class_name": "Dropout", "config": {"name": "none", "rate": 0}},
                {"class_name": "ReLU", "config": {"name": "act"}},
                {"class_name": "GaussianNoise", "config": {"name": "noise", "stddev": 0.1}}]},
                "inbound_nodes": [[["conv1", 0, 0, {"training": true}]]]}""";
        assertEquals(
                List.of("cannot import 'BatchNormalization' 'bn1': " + NORMALISES + " (" + HELP + ")",
                        "cannot import 'Dropout' 'drop': " + DROPS + " (" + HELP + ")",
                        "cannot import 'GaussianNoise' 'noise': " + DROPS + " (" + HELP + ")"),
                problems(() -> read(functional(inner).replace("[\"bn1\", 0, 0]", "[\"inner\", 1, 0]"))));
    }

    @Test
    void modesOfKeras1WithoutLearnedStatisticsAreRefused() {
        String norm = norm("true, \"mode\": 2", "[[[\"conv1\", 0, 0]]]");
        assertEquals(
                List.of("cannot import 'BatchNormalization' 'bn1': its mode is not 0, so that it never uses what it has"
                        + " learned (build the model anew with mode=0, load the weights into it and save it)"),
                problems(() -> read(functional(norm))));
    }

    private static final String TENSOR = """
            {"class_name": "__keras_tensor__", "config": {"keras_history": ["conv1", 0, 0]}}""";

    private static String norm(String trainable, String nodes) {
        return """
                {"class_name": "BatchNormalization", "name": "bn1", "config": {"name": "bn1", "trainable": %s}, \
                "inbound_nodes": %s}""".formatted(trainable, nodes);
    }

    private static String functional(String second) {
        return """
                {"class_name": "Functional", "config": {"name": "m", "layers": [
                {"class_name": "InputLayer", "name": "in", "inbound_nodes": [],
                 "config": {"name": "in", "batch_shape": [null, 9, 8, 3]}},
                {"class_name": "Conv2D", "name": "conv1", "inbound_nodes": [[["in", 0, 0, {}]]],
                 "config": {"name": "conv1", "filters": 8, "kernel_size": 3, "use_bias": false}},
                %s], "input_layers": [["in", 0, 0]], "output_layers": [["bn1", 0, 0]]}}""".formatted(second);
    }

    private static ForeignNetwork read(String config)
            throws IOException, InvalidInputException {
        return KerasImport.read(KerasFiles.withConfig(config), "m", Optional.empty());
    }

    private interface Reading {
        Object read() throws IOException, InvalidInputException;
    }

    private static List<String> problems(Reading reading) {
        return assertThrows(InvalidInputException.class, reading::read).diagnostics().stream()
                .map(diagnostic -> diagnostic.message() + " (" + diagnostic.help() + ")").toList();
    }
}
