package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrangementsTest {

    private static final ExactValue IMAGE = ExactValue.of(TensorType.image(2, 1, 2), 1, 2, 3, 4);

    @Test
    void concatPutsChannelsOneAfterAnother() {
        ExactValue other = ExactValue.of(TensorType.image(2, 1, 1), 5, 6);
        assertYields(new Concat(), List.of(IMAGE, other, IMAGE), TensorType.image(2, 1, 5), 1, 2, 5, 1, 2, 3, 4, 6, 3,
                4);
        assertYields(new Concat(),
                List.of(ExactValue.of(TensorType.vector(1), 1), ExactValue.of(TensorType.vector(2), 2, 3)),
                TensorType.vector(3), 1, 2, 3);
    }

    @Test
    void croppingLeavesTheMiddle() {
        ExactValue image = ExactValue.of(TensorType.image(3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertYields(new Crop2d(new Padding(1, 1, 1, 1)), List.of(image), TensorType.image(1, 1, 1), 5);
        assertYields(new Crop2d(new Padding(0, 1, 1, 0)), List.of(image), TensorType.image(2, 2, 1), 2, 3, 5, 6);
    }

    /** As tf.nn.depth_to_space and PyTorch's pixel_shuffle, and their reverses, have it. */
    @Test
    void squaresComeAndGo() {
        float[] counted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        ExactValue deep = ExactValue.of(TensorType.image(1, 2, 8), counted);
        TensorType wide = TensorType.image(2, 4, 2);
        assertYields(new DepthToSpace(2, PixelOrder.TENSORFLOW), List.of(deep), wide, 1, 2, 3, 4, 9, 10, 11, 12, 5, 6,
                7, 8, 13, 14, 15, 16);
        assertYields(new SpaceToDepth(2, PixelOrder.TENSORFLOW), List.of(ExactValue.of(wide, counted)), deep.type(), 1,
                2, 3, 4, 9, 10, 11, 12, 5, 6, 7, 8, 13, 14, 15, 16);
        ExactValue channelsFirst =
                ExactValue.of(deep.type(), 1, 3, 5, 7, 9, 11, 13, 15, 2, 4, 6, 8, 10, 12, 14, 16);
        assertYields(new DepthToSpace(2, PixelOrder.PYTORCH), List.of(channelsFirst), wide, 1, 9, 3, 11, 2, 10, 4, 12,
                5, 13, 7, 15, 6, 14, 8, 16);
        ExactValue image = ExactValue.of(wide, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15, 8, 16);
        assertYields(new SpaceToDepth(2, PixelOrder.PYTORCH), List.of(image), deep.type(), 1, 2, 5, 6, 9, 10, 13, 14,
                3, 4, 7, 8, 11, 12, 15, 16);
    }

    @Test
    void phasesAreJoined() {
        ExactValue first = ExactValue.of(TensorType.image(2, 2, 1), 1, 3, 7, 9);
        ExactValue second = ExactValue.of(TensorType.image(2, 1, 1), 2, 8);
        ExactValue third = ExactValue.of(TensorType.image(1, 2, 1), 4, 6);
        ExactValue fourth = ExactValue.of(TensorType.image(1, 1, 1), 5);
        assertYields(new JoinPhases(2, 2, Padding.NONE), List.of(first, second, third, fourth),
                TensorType.image(3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        ExactValue all = ExactValue.of(TensorType.image(1, 2, 4), 1, 2, 5, 6, 3, 4, 7, 8);
        assertYields(new JoinPhases(2, 2, new Padding(1, 0, 0, 1)), List.of(all), TensorType.image(1, 3, 1), 5, 6, 7);
        assertYields(new SplitPhases(2), List.of(ExactValue.of(TensorType.image(2, 2, 1), 1, 2, 3, 4)),
                TensorType.image(1, 1, 4), 1, 2, 3, 4);
    }

    /** The examples of ONNX's documentation of Pad. */
    @Test
    void paddingIsOfNumbersOrOfTheImage() {
        ExactValue image = ExactValue.of(TensorType.image(3, 2, 1), 1, 1.5f, 2, 3, 4, 5);
        Padding before = new Padding(0, 0, 1, 0);
        TensorType wider = TensorType.image(3, 3, 1);
        assertYields(new Pad2d(before, Pad2d.Mode.CONSTANT, 7), List.of(image), wider, 7, 1, 1.5, 7, 2, 3, 7, 4, 5);
        assertYields(new Pad2d(before, Pad2d.Mode.REFLECT, 0), List.of(image), wider, 1.5, 1, 1.5, 3, 2, 3, 5, 4, 5);
        assertYields(new Pad2d(new Padding(2, 1, 1, 0), Pad2d.Mode.SYMMETRIC, 0), List.of(image),
                TensorType.image(6, 3, 1), 2, 2, 3, 1, 1, 1.5, 1, 1, 1.5, 2, 2, 3, 4, 4, 5, 4, 4, 5);
        assertYields(new Pad2d(before, Pad2d.Mode.EDGE, 0), List.of(image), wider, 1, 1, 1.5, 2, 2, 3, 4, 4, 5);
        assertYields(new Pad2d(new Padding(2, 1, 0, 0), Pad2d.Mode.REFLECT, 0), List.of(image),
                TensorType.image(6, 2, 1), 4, 5, 2, 3, 1, 1.5, 2, 3, 4, 5, 2, 3);
    }

    @Test
    void someChannelsAreTaken() {
        assertYields(new SliceChannels(1, 1), List.of(IMAGE), TensorType.image(2, 1, 1), 2, 4);
    }

    /** The example of PyTorch's documentation of ChannelShuffle. */
    @Test
    void channelsAreShuffled() {
        ExactValue image = ExactValue.of(TensorType.image(2, 1, 4), 1, 5, 9, 13, 2, 6, 10, 14);
        assertYields(new ShuffleChannels(2), List.of(image), image.type(), 1, 9, 5, 13, 2, 10, 6, 14);
    }

    @Test
    void zeroPaddingGoesAroundTheImage() {
        assertYields(new ZeroPad2d(new Padding(1, 0, 0, 2)), List.of(IMAGE), TensorType.image(3, 3, 2),
                0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0);
        assertYields(new ZeroPad2d(new Padding(0, 1, 1, 0)), List.of(IMAGE), TensorType.image(3, 2, 2),
                0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0);
    }

    @Test
    void repeatedChannelsStandSideBySide() {
        assertYields(new RepeatChannels(2), List.of(IMAGE), TensorType.image(2, 1, 4), 1, 1, 2, 2, 3, 3, 4, 4);
    }

    @Test
    void flattenTakesPixelByPixelOrChannelByChannel() {
        assertYields(new Flatten(false), List.of(IMAGE), TensorType.vector(4), 1, 2, 3, 4);
        assertYields(new Flatten(true), List.of(IMAGE), TensorType.vector(4), 1, 3, 2, 4);
    }

    private static void assertYields(Op op, List<ExactValue> inputs, TensorType type, double... expected) {
        ExactValue actual = ReferenceInterpreter.apply(op, inputs);
        assertEquals(type, actual.type());
        assertArrayEquals(expected, actual.elements());
    }
}
