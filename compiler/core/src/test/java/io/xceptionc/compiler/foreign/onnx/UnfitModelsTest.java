package io.xceptionc.compiler.foreign.onnx;

import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.model;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.problems;
import static io.xceptionc.compiler.foreign.onnx.OnnxImportTest.read;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.floats;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.integer;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.node;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.onnx.HandmadeOnnx;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that would be answered wrongly: in training mode, or with numbers that are none. */
class UnfitModelsTest {

    private static final String TRAINS = ": it is in training mode, where it normalises by the batch at hand (call"
            + " model.eval() and export with torch.onnx.export(..., training=TrainingMode.EVAL), which is the default; a"
            + " batch norm without statistics (track_running_stats=False) has no other mode)";

    private static HandmadeOnnx norm(HandmadeOnnx... attributes) {
        return node("BatchNormalization", "bn", List.of("x", "v", "v", "v", "v"), "y", attributes);
    }

    private static HandmadeOnnx vector() {
        return floats("v", List.of(2L), 1, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {14, 15, 22})
    void trainingModeIsRefused(long opset) throws InvalidInputException {
        assertEquals("m.onnx: error[E501]: cannot import BatchNormalization 'bn'" + TRAINS,
                problems(model(opset, 4, vector(), norm(integer("training_mode", 1)))));
        HandmadeOnnx answering = norm(integer("training_mode", 0)).with(2, "mean").with(2, "variance");
        assertEquals(3, read(model(opset, 4, vector(), answering), Optional.empty()).graph().nodes().size());
    }

    /**
     * Before opset 14, a batch norm that yields the statistics of the batch is in training mode, whoever reads them.
     */
    @ParameterizedTest
    @ValueSource(longs = {7, 9, 12, 13})
    void resultsOfTrainingAreRefused(long opset) throws InvalidInputException {
        HandmadeOnnx training =
                norm().with(2, "mean").with(2, "variance").with(2, "saved_mean").with(2, "saved_variance");
        assertEquals("m.onnx: error[E501]: cannot import BatchNormalization 'bn'" + TRAINS,
                problems(model(opset, 4, vector(), training)));
        HandmadeOnnx leftOut = norm().with(2, "").with(2, "");
        assertEquals(3, read(model(opset, 4, vector(), leftOut), Optional.empty()).graph().nodes().size());
    }

    @Test
    void dropoutThatDropsIsRefused() {
        HandmadeOnnx yes = HandmadeOnnx.tensor("yes", 9).with(9, new byte[] {1});
        HandmadeOnnx half = floats("half", List.of(), 0.5f);
        assertEquals("m.onnx: error[E501]: cannot import Dropout 'drop': it is in training mode, where it drops numbers"
                + " at random (call model.eval() and export with torch.onnx.export(..., training=TrainingMode.EVAL),"
                + " which is the default)",
                problems(model(yes, half, node("Dropout", "drop", List.of("x", "half", "yes"), "y"))));
    }

    @Test
    void numbersThatAreNoneAreRefusedByTheirNodes() {
        String help = " (no network computes with that)";
        float nan = Float.NaN;
        float infinity = Float.POSITIVE_INFINITY;
        assertEquals("m.onnx: error[E501]: cannot import LeakyRelu 'l': its alpha is NaN" + help,
                problems(model(node("LeakyRelu", "l", List.of("x"), "y", number("alpha", nan)))));
        assertEquals("m.onnx: error[E501]: cannot import Elu 'e': its alpha is Infinity" + help,
                problems(model(node("Elu", "e", List.of("x"), "y", number("alpha", infinity)))));
        assertEquals("m.onnx: error[E501]: cannot import PRelu 'p': its slope is NaN",
                problems(
                        model(floats("s", List.of(2L, 1L, 1L), nan, nan), node("PRelu", "p", List.of("x", "s"), "y"))));
        assertEquals("m.onnx: error[E501]: cannot import BatchNormalization 'bn': its epsilon is -Infinity" + help,
                problems(model(vector(), norm(number("epsilon", -infinity)))));
        assertEquals("m.onnx: error[E501]: cannot import Clip 'c': it clips to [0.0, NaN]",
                problems(model(10, 4, node("Clip", "c", List.of("x"), "y", number("min", 0), number("max", nan)))));
        assertEquals("m.onnx: error[E501]: cannot import Div 'd': it makes Infinity of its constant" + help,
                problems(model(floats("zero", List.of(), 0), node("Div", "d", List.of("x", "zero"), "y"))));
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        assertEquals("m.onnx: error[E305]: has NaN in the tensor 'v' at [1] (no network answers with such weights; look"
                + " for a checkpoint from before the training diverged)",
                problems(model(floats("v", List.of(2L), 1, Float.NaN), norm())));
        assertEquals("m.onnx: error[E306]: has -1.0 in the tensor 'minus' at [1] (it is the variance of a batch norm,"
                + " which cannot be negative; look whether another tensor was saved under its name, and save or"
                + " download the file again)",
                problems(model(vector(), floats("minus", List.of(2L), 0, -1),
                        node("BatchNormalization", "bn", List.of("x", "v", "v", "v", "minus"), "y"))));
    }

    private static HandmadeOnnx number(String name, float value) {
        return new HandmadeOnnx().with(1, name).with(2, value).with(20, 1);
    }
}
