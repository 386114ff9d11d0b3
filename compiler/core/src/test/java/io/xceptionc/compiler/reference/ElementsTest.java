package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.LogSoftmax;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Prelu;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Subtract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against sums done by hand. */
class ElementsTest {

    private static final ExactValue IMAGE = ExactValue.of(TensorType.image(1, 2, 2), 5, -5, 7, 0);

    @Test
    void batchNormScalesByTheRootOfVarianceAndEpsilon() {
        Tensor mean = vector(3, 0);
        Tensor variance = vector(3, 0.5f);
        Optional<Tensor> gamma = Optional.of(vector(2, -3));
        Optional<Tensor> beta = Optional.of(vector(1, 10));
        assertYields(new BatchNorm(gamma, beta, mean, variance, 1), List.of(IMAGE), 3, 10 + 15 / Math.sqrt(1.5), 5, 10);
        assertYields(new BatchNorm(Optional.empty(), beta, mean, vector(3, 3), 1), List.of(IMAGE), 2, 7.5, 3, 10);
        assertYields(new BatchNorm(gamma, Optional.empty(), mean, vector(3, 3), 1), List.of(IMAGE), 2, 7.5, 4, 0);
    }

    @Test
    void affineScalesAndShiftsEachChannel() {
        assertYields(new Affine(vector(2, -3), vector(1, 10)), List.of(IMAGE), 11, 25, 15, 10);
    }

    @Test
    void addSumsAllInputs() {
        ExactValue other = ExactValue.of(IMAGE.type(), 1, 2, 3, 4);
        assertYields(new Add(), List.of(IMAGE, other), 6, -3, 10, 4);
        assertYields(new Add(), List.of(IMAGE, other, IMAGE), 11, -8, 17, 4);
    }

    @Test
    void multiplyIsTheProductOfAllInputs() {
        ExactValue other = ExactValue.of(IMAGE.type(), 1, 2, 3, 4);
        assertYields(new Multiply(), List.of(IMAGE, other), 5, -10, 21, 0);
        assertYields(new Multiply(), List.of(IMAGE, other, other), 5, -20, 63, 0);
    }

    @Test
    void othersTakeTheDifferenceTheEndsAndTheMean() {
        ExactValue other = ExactValue.of(IMAGE.type(), 1, 2, 30, 4);
        assertYields(new Subtract(), List.of(IMAGE, other), 4, -7, -23, -4);
        assertYields(new Subtract(), List.of(IMAGE, other, other), 3, -9, -53, -8);
        assertYields(new Maximum(), List.of(IMAGE, other), 5, 2, 30, 4);
        assertYields(new Minimum(), List.of(IMAGE, other), 1, -5, 7, 0);
        assertYields(new Average(), List.of(IMAGE, other, other), 7 / 3.0, -1 / 3.0, 67 / 3.0, 8 / 3.0);
    }

    @Test
    void whatIsSmallerIsRepeated() {
        ExactValue channels = ExactValue.of(TensorType.vector(2), 10, 100);
        ExactValue pixels = ExactValue.of(TensorType.image(1, 2, 1), 2, 3);
        ExactValue one = ExactValue.of(TensorType.image(1, 1, 1), 4);
        assertYields(new Multiply(), List.of(IMAGE, channels), 50, -500, 70, 0);
        assertYields(new Multiply(), List.of(pixels, IMAGE), 10, -10, 21, 0);
        assertYields(new Subtract(), List.of(one, IMAGE), -1, 9, -3, 4);
        assertYields(new Add(), List.of(channels, pixels, IMAGE, one), 21, 101, 24, 107);
    }

    @Test
    void softmaxIsOverTheChannelsOfEachPixel() {
        ExactValue logits = ExactValue.of(TensorType.image(1, 2, 3), 1, 2, 3, 1000, 1000, -1000);
        double sum = Math.exp(-2) + Math.exp(-1) + 1;
        assertYields(new Softmax(), List.of(logits), Math.exp(-2) / sum, Math.exp(-1) / sum, 1 / sum, 0.5, 0.5, 0);
    }

    @Test
    void slopesAreThoseOfChannelsOrOneForAll() {
        ExactValue x = ExactValue.of(TensorType.image(1, 2, 2), 1, -2, -3, 4);
        assertYields(new Prelu(Tensor.vector("slopes", new float[] {0.5f, 0.25f})), List.of(x), 1, -0.5, -1.5, 4);
        assertYields(new Prelu(Tensor.vector("slope", new float[] {0.5f})), List.of(x), 1, -1, -1.5, 4);
    }

    @Test
    void logSoftmaxIsTheLogarithmOfSoftmax() {
        ExactValue logits = ExactValue.of(TensorType.image(1, 2, 3), 1, 2, 3, 1000, 1000, -1000);
        double log = Math.log(Math.exp(-2) + Math.exp(-1) + 1);
        assertYields(new LogSoftmax(), List.of(logits), -2 - log, -1 - log, -log, -Math.log(2), -Math.log(2),
                -2000 - Math.log(2));
    }

    @Test
    void channelsOfEachPixelAreReducedToOne() {
        ExactValue x = ExactValue.of(TensorType.image(1, 2, 3), 1, 5, 3, -7, -9, -7);
        assertYields(new ReduceChannels(ReduceChannels.Kind.MEAN), List.of(x), 3, -23 / 3.0);
        assertYields(new ReduceChannels(ReduceChannels.Kind.MAX), List.of(x), 5, -7);
        assertYields(new ReduceChannels(ReduceChannels.Kind.ARGMAX), List.of(x), 1, 0);
    }

    @Test
    void activationsAndDropoutKeepTheShape() {
        assertYields(new Activate(Activation.RELU6), List.of(IMAGE), 5, 0, 6, 0);
        assertYields(new Dropout(), List.of(IMAGE), 5, -5, 7, 0);
    }

    private static void assertYields(Op op, List<ExactValue> inputs, double... expected) {
        assertArrayEquals(expected, ReferenceInterpreter.apply(op, inputs).elements(), 1e-12);
    }

    private static Tensor vector(float... values) {
        return Tensor.vector("vector", values);
    }
}
