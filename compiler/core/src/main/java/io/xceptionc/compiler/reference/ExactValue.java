package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * What a node yields: its shape and elements, {@code [height, width, channels]} row-major. The elements are not changed
 * once the operator that made them is done.
 */
final class ExactValue {

    private final TensorType type;
    private final double[] elements;

    private ExactValue(TensorType type, double[] elements) {
        if (elements.length != type.elementCount()) {
            throw new IllegalArgumentException(elements.length + " elements are no " + type);
        }
        this.type = type;
        this.elements = elements;
    }

    /** All elements the same. */
    static ExactValue filled(TensorType type, double element) {
        ExactValue value = new ExactValue(type, new double[Math.toIntExact(type.elementCount())]);
        Arrays.fill(value.elements, element);
        return value;
    }

    /** All elements zero, to add to. */
    static ExactValue zeros(TensorType type) {
        return filled(type, 0);
    }

    /** The image that a caller hands in. */
    static ExactValue of(TensorType type, float... elements) {
        return new ExactValue(type, widen(elements));
    }

    /** The values of a constant. */
    static double[] widen(Tensor tensor) {
        return widen(tensor.values());
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    TensorType type() {
        return type;
    }

    double[] elements() {
        return elements;
    }

    int height() {
        return type.height();
    }

    int width() {
        return type.width();
    }

    int channels() {
        return type.channels();
    }

    int pixelCount() {
        return type.pixelCount();
    }

    double at(int pixel, int channel) {
        return elements[pixel * channels() + channel];
    }

    void set(int pixel, int channel, double element) {
        elements[pixel * channels() + channel] = element;
    }

    /** Adds a row of weights, times a factor, to as many channels of a pixel. */
    void addProducts(int pixel, int firstChannel, double[] weights, int firstWeight, int count, double factor) {
        int firstElement = pixel * channels() + firstChannel;
        for (int i = 0; i < count; i++) {
            elements[firstElement + i] += weights[firstWeight + i] * factor;
        }
    }

    /** A function applied to each element. */
    ExactValue map(DoubleUnaryOperator function) {
        ExactValue result = zeros(type);
        Arrays.setAll(result.elements, index -> function.applyAsDouble(elements[index]));
        return result;
    }

    /** The sum, element by element, with a value of the same shape. */
    ExactValue plus(ExactValue other) {
        return combine(other, Double::sum);
    }

    /** With rows, columns and channels repeated where there is but one. */
    ExactValue repeatedTo(TensorType whole) {
        ExactValue result = zeros(whole);
        for (int pixel = 0; pixel < whole.pixelCount(); pixel++) {
            int row = height() == 1 ? 0 : pixel / whole.width();
            int column = width() == 1 ? 0 : pixel % whole.width();
            for (int c = 0; c < whole.channels(); c++) {
                result.set(pixel, c, at(row * width() + column, channels() == 1 ? 0 : c));
            }
        }
        return result;
    }

    /** A function of each element and that of a value of the same shape. */
    ExactValue combine(ExactValue other, DoubleBinaryOperator function) {
        ExactValue result = zeros(type);
        Arrays.setAll(result.elements, index -> function.applyAsDouble(elements[index], other.elements[index]));
        return result;
    }
}
