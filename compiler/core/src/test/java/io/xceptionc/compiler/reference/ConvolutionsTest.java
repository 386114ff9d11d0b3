package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against sums done by hand. */
class ConvolutionsTest {

    private static final Window ONE_BY_TWO = new Window(1, 2, 1, 1, 1, 1, Padding.NONE);

    @Test
    void paddedPixelsCountAsZeros() {
        Window window = new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1));
        Conv2d op = conv2d(window, 1, kernel(3, 3, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertYields(op, image(2, 2, 1, 1, 2, 3, 4), 77, 67, 47, 37);
    }

    @Test
    void paddingCanDifferFromSideToSide() {
        Conv2d down = conv2d(new Window(2, 1, 1, 1, 1, 1, new Padding(1, 0, 0, 0)), 1, kernel(2, 1, 1, 1, 1, 10));
        assertYields(down, image(2, 1, 1, 1, 2), 10, 21);
        Conv2d up = conv2d(new Window(2, 1, 1, 1, 1, 1, new Padding(0, 1, 0, 0)), 1, kernel(2, 1, 1, 1, 1, 10));
        assertYields(up, image(2, 1, 1, 1, 2), 21, 2);
        Conv2d right = conv2d(new Window(1, 2, 1, 2, 1, 1, new Padding(0, 0, 1, 0)), 1, kernel(1, 2, 1, 1, 1, 10));
        assertYields(right, image(1, 4, 1, 1, 2, 3, 4), 10, 32);
        Conv2d left = conv2d(new Window(1, 2, 1, 2, 1, 1, new Padding(0, 0, 0, 1)), 1, kernel(1, 2, 1, 1, 1, 10));
        assertYields(left, image(1, 5, 1, 1, 2, 3, 4, 5), 21, 43, 5);
    }

    @Test
    void stridesSkipPositions() {
        Conv2d op = conv2d(new Window(1, 1, 2, 3, 1, 1, Padding.NONE), 1, kernel(1, 1, 1, 1, 2));
        assertYields(op, image(3, 4, 1, 11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34), 22, 28, 62, 68);
    }

    @Test
    void dilationSpreadsTheTaps() {
        Conv2d across = conv2d(new Window(1, 3, 1, 1, 1, 2, Padding.NONE), 1, kernel(1, 3, 1, 1, 1, 10, 100));
        assertYields(across, image(1, 6, 1, 1, 2, 3, 4, 5, 6), 531, 642);
        Conv2d down = conv2d(new Window(2, 1, 1, 1, 3, 1, Padding.NONE), 1, kernel(2, 1, 1, 1, 1, 10));
        assertYields(down, image(5, 1, 1, 1, 2, 3, 4, 5), 41, 52);
    }

    /** As PyTorch's conv_transpose2d has it. */
    @Test
    void transposedKernelsAreSpread() {
        Tensor counted = kernel(3, 3, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        ExactValue x = image(2, 2, 1, 1, 2, 3, -1);
        assertYields(transposed(new Window(3, 3, 2, 2, 1, 1, new Padding(1, 1, 1, 1)), 1, 1, counted), x, 5, 14, 10, 12,
                14,
                31, 14, 15, 15, 14, -5, -6, 24, 20, -8, -9);
        assertYields(transposed(new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1)), 0, 1, counted), x, 18, 23, 33,
                38);
        Tensor small = kernel(2, 2, 1, 1, 1, 2, 4, 5);
        ConvTranspose2d apart = new ConvTranspose2d(new Window(2, 2, 3, 3, 1, 1, Padding.NONE), 0, 0, 1, small,
                Optional.of(Sketch.tensor(List.of(1), 0.5f)));
        assertYields(apart, x, 1.5, 2.5, 0.5, 2.5, 4.5, 4.5, 5.5, 0.5, 8.5, 10.5, 0.5, 0.5, 0.5, 0.5, 0.5, 3.5, 6.5,
                0.5,
                -0.5, -1.5, 12.5, 15.5, 0.5, -3.5, -4.5);
        assertYields(transposed(new Window(2, 2, 2, 2, 3, 3, new Padding(2, 2, 2, 2)), 0, 1, small), x, -1, 6, 8, 5);
    }

    /** As PyTorch's conv_transpose2d has it. */
    @Test
    void transposedKernelsAreRowsColumnsChannelsInChannelsOfAGroup() {
        ExactValue x = image(2, 2, 2, 1, -2, 2, -4, 3, -6, -1, 2);
        Window square = new Window(2, 2, 2, 2, 1, 1, Padding.NONE);
        assertYields(transposed(square, 0, 2, kernel(2, 2, 2, 1, 1, 5, 2, 6, 3, 7, 4, 8)), x, 1, -10, 2, -12, 2, -20, 4,
                -24, 3, -14, 4, -16, 6, -28, 8, -32, 3, -30, 6, -36, -1, 10, -2, 12, 9, -42, 12, -48, -3, 14, -4, 16);
        Window flat = new Window(1, 2, 1, 2, 1, 1, Padding.NONE);
        assertYields(transposed(flat, 0, 1, kernel(1, 2, 2, 2, 1, 3, 5, 7, 2, 4, 6, 8)), x, -9, -11, -10, -12, -18, -22,
                -20, -24, -27, -33, -30, -36, 9, 11, 10, 12);
    }

    private static ConvTranspose2d transposed(Window window, int extra, int groups, Tensor kernel) {
        return new ConvTranspose2d(window, extra, extra, groups, kernel, Optional.empty());
    }

    @Test
    void kernelsAreRowsColumnsChannelsInChannelsOut() {
        Conv2d pointwise = conv2d(Window.POINTWISE, 1, kernel(1, 1, 2, 3, 1, 2, 3, 10, 20, 30));
        assertYields(pointwise, image(1, 2, 2, 5, 7, 1, 0), 75, 150, 225, 1, 2, 3);
        Conv2d square = conv2d(new Window(2, 2, 1, 1, 1, 1, Padding.NONE), 1,
                kernel(2, 2, 2, 1, 1, 2, 3, 4, 5, 6, 7, 8));
        assertYields(square, image(2, 2, 2, 1, 0, 0, 10, 100, 0, 0, 1000), 1 + 40 + 500 + 8000);
    }

    @Test
    void groupsDoNotSeeOneAnother() {
        Conv2d op = conv2d(Window.POINTWISE, 2, kernel(1, 1, 2, 4, 1, 2, 3, 4, 10, 20, 30, 40));
        assertYields(op, image(1, 1, 4, 1, 2, 3, 4), 21, 42, 129, 172);
    }

    @Test
    void biasIsAddedOnceToEachChannel() {
        Conv2d op =
                new Conv2d(Window.POINTWISE, 1, kernel(1, 1, 1, 2, 1, 2), Optional.of(vector(100, 200)), Fusion.NONE);
        assertYields(op, image(1, 2, 1, 3, 4), 103, 206, 104, 208);
        Conv2d inPadding =
                new Conv2d(Window.POINTWISE.withPadding(new Padding(1, 0, 0, 0)), 1, kernel(1, 1, 1, 2, 1, 2),
                        Optional.of(vector(100, 200)), Fusion.NONE);
        assertYields(inPadding, image(1, 1, 1, 3), 100, 200, 103, 206);
    }

    @Test
    void depthwiseMakesSeveralChannelsOfEach() {
        Tensor kernel = kernel(1, 2, 2, 2, 1, 2, 3, 4, 5, 6, 7, 8);
        ExactValue x = image(1, 2, 2, 10, 20, 30, 40);
        assertYields(new DepthwiseConv2d(ONE_BY_TWO, kernel, Optional.empty(), Fusion.NONE), x, 160, 200, 340, 400);
        assertYields(new DepthwiseConv2d(ONE_BY_TWO, kernel, Optional.of(vector(1, 2, 3, 4)), Fusion.NONE), x, 161, 202,
                343, 404);
    }

    @Test
    void separableIsDepthwiseThenPointwise() {
        Tensor depthwiseKernel = kernel(1, 2, 2, 1, 1, 3, 5, 7);
        Tensor pointwiseKernel = kernel(1, 1, 2, 2, 1, 2, 10, 20);
        ExactValue x = image(1, 2, 2, 10, 20, 30, 40);
        DepthwiseConv2d plain = new DepthwiseConv2d(ONE_BY_TWO, depthwiseKernel, Optional.empty(), Fusion.NONE);
        assertYields(new SeparableConv2d(plain, pointwiseKernel, Optional.of(vector(1, 2))), x, 3561, 7122);
        DepthwiseConv2d active = new DepthwiseConv2d(ONE_BY_TWO, depthwiseKernel, Optional.of(vector(-200, 0)),
                Fusion.NONE.withActivation(Activation.RELU));
        assertYields(new SeparableConv2d(active, pointwiseKernel, Optional.empty()), x, 3400, 6800);
    }

    @Test
    void denseMultipliesByAMatrix() {
        Dense op =
                new Dense(Sketch.tensor(List.of(2, 3), 1, 2, 3, 10, 20, 30), Optional.of(vector(0, 0, 5)), Fusion.NONE);
        assertYields(op, ExactValue.of(TensorType.vector(2), 5, 7), 75, 150, 230);
    }

    @Test
    void inputIsRectifiedResidualAddedResultClampedInThisOrder() {
        Conv2d op = new Conv2d(Window.POINTWISE, 1, kernel(1, 1, 1, 1, 3), Optional.of(vector(-1)), Fusion.NONE);
        ExactValue x = image(1, 4, 1, -2, -1, 1, 4);
        ExactValue residual = image(1, 4, 1, 0, 2, 1, 0);
        assertYields(op.withFusion(Fusion.NONE.withRectifiedInput()), x, -1, -1, 2, 11);
        assertYields(op.withFusion(Fusion.NONE.withActivation(Activation.RELU)), x, 0, 0, 2, 11);
        assertYields(op.withFusion(Fusion.NONE.withResidual()), List.of(x, residual), -7, -2, 3, 11);
        assertYields(op.withFusion(Fusion.NONE.withRectifiedInput().withResidual().withActivation(Activation.RELU6)),
                List.of(x, residual), 0, 1, 3, 6);
    }

    @Test
    void everyConvolutionTakesInWhatSurroundsIt() {
        Fusion all = Fusion.NONE.withRectifiedInput().withResidual().withActivation(Activation.RELU6);
        Tensor one = kernel(1, 1, 1, 1, 1);
        Optional<Tensor> bias = Optional.of(vector(1));
        DepthwiseConv2d depthwise = new DepthwiseConv2d(Window.POINTWISE, one, bias, Fusion.NONE);
        List<ExactValue> images = List.of(image(1, 3, 1, -5, 1, 5), image(1, 3, 1, -2, 2, 2));
        assertYields(depthwise.withFusion(all), images, 0, 4, 6);
        assertYields(new SeparableConv2d(depthwise, one, bias).withFusion(all), images, 0, 5, 6);
        assertYields(new Dense(Sketch.tensor(List.of(1, 1), 1), bias, all),
                List.of(ExactValue.of(TensorType.vector(1), -5), ExactValue.of(TensorType.vector(1), 2)), 3);
    }

    private static void assertYields(Op op, ExactValue x, double... expected) {
        assertYields(op, List.of(x), expected);
    }

    private static void assertYields(Op op, List<ExactValue> inputs, double... expected) {
        assertArrayEquals(expected, ReferenceInterpreter.apply(op, inputs).elements());
    }

    private static Conv2d conv2d(Window window, int groups, Tensor kernel) {
        return new Conv2d(window, groups, kernel, Optional.empty(), Fusion.NONE);
    }

    private static ExactValue image(int height, int width, int channels, float... elements) {
        return ExactValue.of(TensorType.image(height, width, channels), elements);
    }

    private static Tensor kernel(int height, int width, int channelsIn, int channelsOut, float... values) {
        return Sketch.tensor(List.of(height, width, channelsIn, channelsOut), values);
    }

    private static Tensor vector(float... values) {
        return Tensor.vector("vector", values);
    }
}
