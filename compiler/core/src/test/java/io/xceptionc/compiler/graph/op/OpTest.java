package io.xceptionc.compiler.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.runtime.kernel.shared.ChannelOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes and costs that operators state. */
class OpTest {

    private static final Sketch SKETCH = new Sketch(1);
    private static final TensorType IMAGE = TensorType.image(9, 7, 4);
    private static final TensorType VECTOR = TensorType.vector(4);
    private static final Window STRIDED = new Window(3, 2, 2, 1, 1, 1, new Padding(1, 1, 0, 0));
    private static final Window LARGE = new Window(10, 1, 1, 1, 1, 1, Padding.NONE);
    private static final Fusion RESIDUAL = Fusion.NONE.withResidual();

    @ParameterizedTest
    @MethodSource
    void shapesFit(Op op, List<TensorType> inputs, TensorType expected) {
        assertEquals(expected, op.outputType(inputs));
    }

    static Stream<Arguments> shapesFit() {
        return Stream.concat(layersWithWeights(), layersWithoutWeights());
    }

    private static Stream<Arguments> layersWithWeights() {
        return Stream.of(
                arguments(SKETCH.conv2d(4, 10, STRIDED, 1, true), List.of(IMAGE), TensorType.image(5, 6, 10)),
                arguments(SKETCH.conv2d(4, 10, STRIDED, 2, true), List.of(IMAGE), TensorType.image(5, 6, 10)),
                arguments(SKETCH.conv2d(4, 4, Window.POINTWISE, 1, true).withFusion(RESIDUAL), List.of(IMAGE, IMAGE),
                        IMAGE),
                arguments(SKETCH.depthwise(4, 1, STRIDED, true), List.of(IMAGE), TensorType.image(5, 6, 4)),
                arguments(SKETCH.depthwise(4, 3, STRIDED, true), List.of(IMAGE), TensorType.image(5, 6, 12)),
                arguments(SKETCH.separable(4, 3, 10, STRIDED, true), List.of(IMAGE), TensorType.image(5, 6, 10)),
                arguments(SKETCH.transposed(4, 10, STRIDED, 0, 1, true), List.of(IMAGE), TensorType.image(17, 8, 10)),
                arguments(SKETCH.transposed(4, 6, STRIDED, 2, 2, false), List.of(IMAGE), TensorType.image(19, 10, 6)),
                arguments(SKETCH.dense(4, 10, true), List.of(VECTOR), TensorType.vector(10)),
                arguments(SKETCH.dense(4, 4, true).withFusion(RESIDUAL), List.of(VECTOR, VECTOR), VECTOR),
                arguments(SKETCH.batchNorm(4, 1e-3, true, true), List.of(IMAGE), IMAGE),
                arguments(SKETCH.batchNorm(4, 1e-3, true, true), List.of(VECTOR), VECTOR),
                arguments(SKETCH.prelu(4), List.of(IMAGE), IMAGE), arguments(SKETCH.prelu(1), List.of(IMAGE), IMAGE),
                arguments(new LayerNorm(true, SKETCH.gammaBeta(4, true, true), 1e-5), List.of(IMAGE), IMAGE),
                arguments(new LayerNorm(false, SKETCH.gammaBeta(4, true, false), 1e-5), List.of(VECTOR), VECTOR),
                arguments(new GroupNorm(OptionalInt.of(2), SKETCH.gammaBeta(4, true, true), 1e-5), List.of(IMAGE),
                        IMAGE),
                arguments(new GroupNorm(OptionalInt.empty(), GammaBeta.NONE, 1e-5), List.of(IMAGE), IMAGE),
                arguments(new ChannelScale(SKETCH.gammaBeta(4, false, true)), List.of(VECTOR), VECTOR),
                arguments(SKETCH.affine(4), List.of(IMAGE), IMAGE),
                arguments(SKETCH.affine(4), List.of(VECTOR), VECTOR));
    }

    private static Stream<Arguments> layersWithoutWeights() {
        TensorType pair = TensorType.vector(2);
        return Stream.of(
                arguments(new Input(IMAGE), List.of(), IMAGE), arguments(Output.UNNAMED, List.of(VECTOR), VECTOR),
                arguments(new Dropout(), List.of(IMAGE), IMAGE), arguments(new Softmax(), List.of(VECTOR), VECTOR),
                arguments(new LogSoftmax(), List.of(IMAGE), IMAGE),
                arguments(new ReduceChannels(ReduceChannels.Kind.MAX), List.of(IMAGE), IMAGE.withChannels(1)),
                arguments(new ReduceChannels(ReduceChannels.Kind.MEAN), List.of(VECTOR), TensorType.vector(1)),
                arguments(new Activate(Activation.RELU), List.of(IMAGE), IMAGE),
                arguments(new Pool2d(Reduction.MAX, STRIDED, false), List.of(IMAGE), TensorType.image(5, 6, 4)),
                arguments(new GlobalPool2d(Reduction.MEAN), List.of(IMAGE), VECTOR),
                arguments(new AdaptivePool2d(Reduction.MEAN, 2, 30), List.of(IMAGE), TensorType.image(2, 30, 4)),
                arguments(new L2Norm(1e-12), List.of(VECTOR), VECTOR),
                arguments(new ResponseNorm(5, 1, 0.75, 1), List.of(IMAGE), IMAGE),
                arguments(Scale.of(-1, 1), List.of(IMAGE), IMAGE),
                arguments(new Scale(List.of(1f, 2f, 3f, 4f), List.of(0f)), List.of(VECTOR), VECTOR),
                arguments(new GlobalPool2d(Reduction.MEAN, true), List.of(IMAGE), TensorType.image(1, 1, 4)),
                arguments(new Add(), List.of(IMAGE, IMAGE, IMAGE), IMAGE),
                arguments(new Multiply(), List.of(VECTOR, VECTOR), VECTOR),
                arguments(new Multiply(), List.of(VECTOR, IMAGE), IMAGE),
                arguments(new Subtract(), List.of(TensorType.vector(1), VECTOR), VECTOR),
                arguments(new Maximum(), List.of(TensorType.image(1, 1, 4), IMAGE, IMAGE.withChannels(1)), IMAGE),
                arguments(new Minimum(), List.of(IMAGE, TensorType.image(1, 1, 1)), IMAGE),
                arguments(new Average(), List.of(TensorType.image(9, 1, 1), TensorType.image(1, 7, 1), IMAGE), IMAGE),
                arguments(new Add(), List.of(VECTOR, TensorType.image(1, 1, 4)), TensorType.image(1, 1, 4)),
                arguments(new Concat(), List.of(IMAGE, IMAGE.withChannels(3)), TensorType.image(9, 7, 7)),
                arguments(new Concat(), List.of(VECTOR, pair, pair), TensorType.vector(8)),
                arguments(new ZeroPad2d(new Padding(1, 2, 3, 4)), List.of(IMAGE), TensorType.image(12, 14, 4)),
                arguments(new Crop2d(new Padding(1, 2, 3, 3)), List.of(IMAGE), TensorType.image(6, 1, 4)),
                arguments(new Resize2d(new Resize2d.Extent.Factor(2, 3), Resize2d.Method.NEAREST,
                        Resize2d.Coordinates.HALF_PIXEL, Resize2d.Rounding.FLOOR), List.of(IMAGE),
                        TensorType.image(18, 21, 4)),
                arguments(new Pad2d(new Padding(1, 2, 3, 4), Pad2d.Mode.REFLECT, 0), List.of(IMAGE),
                        TensorType.image(12, 14, 4)),
                arguments(new SliceChannels(1, 3), List.of(IMAGE), TensorType.image(9, 7, 3)),
                arguments(new SliceChannels(0, 2), List.of(VECTOR), pair),
                arguments(new ShuffleChannels(2), List.of(IMAGE), IMAGE),
                arguments(new DepthToSpace(2, PixelOrder.PYTORCH), List.of(IMAGE), TensorType.image(18, 14, 1)),
                arguments(new SpaceToDepth(3, PixelOrder.TENSORFLOW), List.of(TensorType.image(9, 6, 4)),
                        TensorType.image(3, 2, 36)),
                arguments(new JoinPhases(2, 2, new Padding(1, 0, 0, 1)), List.of(IMAGE), TensorType.image(17, 13, 1)),
                arguments(new JoinPhases(1, 2, Padding.NONE), List.of(IMAGE, TensorType.image(9, 6, 4)),
                        TensorType.image(9, 13, 4)),
                arguments(new SplitPhases(3), List.of(TensorType.image(9, 6, 4)), TensorType.image(3, 2, 36)),
                arguments(new RepeatChannels(3), List.of(IMAGE), TensorType.image(9, 7, 12)),
                arguments(new Flatten(true), List.of(IMAGE), TensorType.vector(252)),
                arguments(new Flatten(false), List.of(VECTOR), VECTOR));
    }

    @ParameterizedTest
    @MethodSource
    void misfitsAreNamed(Op op, List<TensorType> inputs, DiagnosticCode code, String message) {
        ShapeException problem = assertThrows(ShapeException.class, () -> op.outputType(inputs));
        assertEquals(message, problem.getMessage());
        assertEquals(code, problem.code());
    }

    static Stream<Arguments> misfitsAreNamed() {
        String wantsImage = "wants an image [height, width, channels], its input is [4]";
        String tooLarge = "has a window of 10 x 1, its padded input is only 9 x 7";
        TensorType other = TensorType.image(9, 8, 4);
        return Stream.of(
                arguments(SKETCH.conv2d(6, 4, STRIDED, 1, true), List.of(IMAGE), DiagnosticCode.E204,
                        "expects 6 channels, its input has 4"),
                arguments(SKETCH.conv2d(6, 6, STRIDED, 3, true), List.of(IMAGE), DiagnosticCode.E204,
                        "splits 4 channels into 3 groups"),
                arguments(SKETCH.conv2d(4, 4, LARGE, 1, true), List.of(IMAGE), DiagnosticCode.E201, tooLarge),
                arguments(SKETCH.conv2d(4, 4, STRIDED, 1, true), List.of(VECTOR), DiagnosticCode.E203, wantsImage),
                arguments(SKETCH.conv2d(4, 5, Window.POINTWISE, 1, true).withFusion(RESIDUAL), List.of(IMAGE, IMAGE),
                        DiagnosticCode.E204, "has inputs of different shapes, [9, 7, 5] and [9, 7, 4]"),
                arguments(SKETCH.depthwise(6, 1, STRIDED, true), List.of(IMAGE), DiagnosticCode.E204,
                        "expects 6 channels, its input has 4"),
                arguments(SKETCH.separable(4, 1, 4, LARGE, true), List.of(IMAGE), DiagnosticCode.E201, tooLarge),
                arguments(SKETCH.dense(5, 4, true), List.of(VECTOR), DiagnosticCode.E204,
                        "expects 5 channels, its input has 4"),
                arguments(SKETCH.dense(4, 4, true), List.of(IMAGE), DiagnosticCode.E203,
                        "wants a vector [channels], its input is [9, 7, 4]"),
                arguments(SKETCH.batchNorm(3, 1e-3, true, true), List.of(IMAGE), DiagnosticCode.E204,
                        "expects 3 channels, its input has 4"),
                arguments(new Add(), List.of(IMAGE, other), DiagnosticCode.E202,
                        "has inputs of different shapes, [9, 7, 4] and [9, 8, 4]"),
                arguments(new Multiply(), List.of(IMAGE, TensorType.image(9, 1, 4)), DiagnosticCode.E202,
                        "has inputs of different shapes, [9, 7, 4] and [9, 1, 4]"),
                arguments(new Subtract(), List.of(VECTOR, TensorType.image(1, 1, 1)), DiagnosticCode.E202,
                        "has inputs of different shapes, [4] and [1, 1, 1]"),
                arguments(new Maximum(), List.of(IMAGE, TensorType.vector(3)), DiagnosticCode.E202,
                        "has inputs of different shapes, [9, 7, 4] and [3]"),
                arguments(new Average(), List.of(IMAGE.withChannels(1), TensorType.image(1, 1, 4)),
                        DiagnosticCode.E202, "has inputs of different shapes, [9, 7, 1] and [1, 1, 4]"),
                arguments(new Concat(), List.of(IMAGE, other), DiagnosticCode.E202,
                        "has inputs of different shapes, [9, 7, 4] and [9, 8, 4]"),
                arguments(SKETCH.transposed(6, 4, STRIDED, 0, 1, true), List.of(IMAGE), DiagnosticCode.E204,
                        "expects 6 channels, its input has 4"),
                arguments(SKETCH.transposed(6, 6, STRIDED, 0, 3, true), List.of(IMAGE), DiagnosticCode.E204,
                        "splits 4 channels into 3 groups"),
                arguments(SKETCH.transposed(4, 4, Window.POINTWISE.withPadding(new Padding(5, 4, 0, 0)), 0, 1, true),
                        List.of(IMAGE), DiagnosticCode.E201,
                        "cuts all rows or columns off what it makes of its input, which is [9, 7, 4]"),
                arguments(SKETCH.transposed(4, 4, new Window(1, 1, 1, 65, 1, 1, Padding.NONE), 0, 1, true),
                        List.of(IMAGE), DiagnosticCode.E205, "has a stride of 1 x 65, more than 64"),
                arguments(new ConvTranspose2d(new Window(1, 1, 64, 64, 1, 1, Padding.NONE), 63, 63, 1,
                        Tensor.declared("kernel", List.of(1, 1, 512, 512)), Optional.empty()),
                        List.of(TensorType.image(2, 2, 512)), DiagnosticCode.E205,
                        "has phases with 1073741824 weights together, more than 268435456"),
                arguments(SKETCH.transposed(4, 4, STRIDED, 0, 1, true), List.of(VECTOR), DiagnosticCode.E203,
                        wantsImage),
                arguments(new DepthToSpace(3, PixelOrder.PYTORCH), List.of(IMAGE), DiagnosticCode.E204,
                        "makes squares of 3 x 3 of 4 channels"),
                arguments(new DepthToSpace(2, PixelOrder.PYTORCH), List.of(TensorType.image(1, 1, 8192)),
                        DiagnosticCode.E205, "orders 8192 channels, more than " + ChannelOrder.MOST_CHANNELS),
                arguments(new SpaceToDepth(2, PixelOrder.TENSORFLOW), List.of(IMAGE), DiagnosticCode.E201,
                        "cuts its input, which is [9, 7, 4], into squares of 2 x 2"),
                arguments(new Pad2d(new Padding(10, 0, 0, 0), Pad2d.Mode.SYMMETRIC, 0), List.of(IMAGE),
                        DiagnosticCode.E201, "mirrors more rows or columns than its input has, which is [9, 7, 4]"),
                arguments(new Pool2d(Reduction.MAX, LARGE, false), List.of(IMAGE), DiagnosticCode.E201, tooLarge),
                arguments(new Pool2d(Reduction.MAX, Window.POINTWISE.withPadding(new Padding(0, 0, 0, 1)), false),
                        List.of(IMAGE), DiagnosticCode.E201, "has windows that lie wholly in the padding"),
                arguments(new Pool2d(Reduction.MAX, new Window(2, 1, 1, 1, 2, 1, new Padding(1, 1, 0, 0)), false),
                        List.of(TensorType.image(1, 7, 4)), DiagnosticCode.E201,
                        "has windows that lie wholly in the padding"),
                arguments(new GlobalPool2d(Reduction.MAX), List.of(VECTOR), DiagnosticCode.E203, wantsImage),
                arguments(new AdaptivePool2d(Reduction.MAX, 2, 2), List.of(VECTOR), DiagnosticCode.E203, wantsImage),
                arguments(new LayerNorm(true, SKETCH.gammaBeta(3, true, true), 1e-5), List.of(IMAGE),
                        DiagnosticCode.E204, "expects 3 channels, its input has 4"),
                arguments(new GroupNorm(OptionalInt.of(3), GammaBeta.NONE, 1e-5), List.of(IMAGE), DiagnosticCode.E204,
                        "has 3 groups, its input 4 channels"),
                arguments(new GroupNorm(OptionalInt.of(1), GammaBeta.NONE, 1e-5), List.of(TensorType.vector(2049)),
                        DiagnosticCode.E205, "has groups of 2049 channels, too large to be summed up at once"),
                arguments(new ResponseNorm(5, 1, 0.75, 1), List.of(TensorType.vector(3073)), DiagnosticCode.E205,
                        "reads 3073 channels, more than 3072"),
                arguments(new Scale(List.of(1f), List.of(1f, 2f)), List.of(IMAGE), DiagnosticCode.E204,
                        "expects 2 channels, its input has 4"),
                arguments(new ZeroPad2d(Padding.NONE), List.of(VECTOR), DiagnosticCode.E203, wantsImage));
    }

    @ParameterizedTest
    @MethodSource
    void costsAreCounted(Op op, TensorType input, long expected) {
        assertEquals(expected, op.multiplyAccumulates(List.of(input)));
    }

    static Stream<Arguments> costsAreCounted() {
        return Stream.of(arguments(SKETCH.conv2d(4, 10, STRIDED, 1, true), IMAGE, 5 * 6 * 3 * 2 * 4 * 10),
                arguments(SKETCH.transposed(4, 10, STRIDED, 0, 2, true), IMAGE, 9 * 7 * 3 * 2 * 4 * 5),
                arguments(SKETCH.conv2d(4, 10, STRIDED, 2, true), IMAGE, 5 * 6 * 3 * 2 * 2 * 10),
                arguments(SKETCH.depthwise(4, 3, STRIDED, true), IMAGE, 5 * 6 * 3 * 2 * 4 * 3),
                arguments(SKETCH.separable(4, 3, 10, STRIDED, true), IMAGE, 5 * 6 * (3 * 2 * 4 * 3 + 12 * 10)),
                arguments(SKETCH.dense(4, 10, true), VECTOR, 40), arguments(new Dropout(), IMAGE, 0));
    }
}
