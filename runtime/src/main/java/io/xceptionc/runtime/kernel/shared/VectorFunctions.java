package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of the elements of a vector. Polynomials of our own in a fixed order, so that a result is the same on every
 * machine; the JDK's transcendental operations differ in the last place between interpreter, C2 and machines. HotSpot
 * is told to inline each into the loop that calls it: a vector that crosses a call becomes an object.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as their sources print them
final class VectorFunctions {

    private static final float LOG2_E = 1.44269504f;
    /** ln(2) in two parts, the first of few digits. */
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** 1.5 * 2^23: what is added to it is rounded to a whole number, which its lower bits show. */
    private static final float ROUNDING = 12582912f;
    private static final float SQRT_HALF = 0.70710678f;

    private VectorFunctions() {}

    /**
     * {@code exp}: {@code 2^n * exp(r)} with {@code r} within {@code ln(2) / 2}; relative error below 2e-7. Arguments
     * are cut to {@code [-87.3, 88.3]}. What is no number stays none: the last addition is for those whose lower bits
     * would otherwise be taken for an exponent.
     *
     * @see <a href="https://www.netlib.org/cephes/">Moshier, Cephes, expf</a>
     */
    static FloatVector exponential(FloatVector x) {
        FloatVector argument = x.max(-87.3f).min(88.3f);
        FloatVector shifted = argument.fma(FloatVector.broadcast(SPECIES, LOG2_E),
                FloatVector.broadcast(SPECIES, ROUNDING));
        FloatVector power = shifted.sub(ROUNDING);
        FloatVector rest = power.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), argument);
        rest = power.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), rest);
        FloatVector series = rest.fma(FloatVector.broadcast(SPECIES, 1.9875691500e-4f),
                FloatVector.broadcast(SPECIES, 1.3981999507e-3f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 8.3334519073e-3f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 4.1665795894e-2f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 1.6666665459e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 5.0000001201e-1f));
        series = series.fma(rest.mul(rest), rest.add(1));
        IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return series.reinterpretAsInts().add(exponent).reinterpretAsFloats().add(argument.sub(argument));
    }

    /** {@code exp} of any argument, to infinity and down to the last number above zero. */
    static FloatVector exponentialOfAny(FloatVector x) {
        FloatVector half = exponential(x.mul(0.5f));
        return half.mul(half).blend(exponential(x), x.abs().lt(87));
    }

    /** {@code exp(x) - 1}, exact to a few units in the last place also where that is close to zero. */
    static FloatVector exponentialLessOne(FloatVector x) {
        FloatVector series = x.fma(FloatVector.broadcast(SPECIES, 1f / 5040), FloatVector.broadcast(SPECIES, 1f / 720));
        series = series.fma(x, FloatVector.broadcast(SPECIES, 1f / 120));
        series = series.fma(x, FloatVector.broadcast(SPECIES, 1f / 24));
        series = series.fma(x, FloatVector.broadcast(SPECIES, 1f / 6));
        series = series.fma(x, FloatVector.broadcast(SPECIES, 0.5f));
        series = series.fma(x.mul(x), x);
        return exponential(x).sub(1).blend(series, x.abs().lt(0.35f));
    }

    /** {@code 1 / (1 + exp(-x))}. */
    static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(SPECIES, 1).div(exponential(x.neg()).add(1));
    }

    /** {@code x * sigmoid(x)}, also called SiLU. */
    static FloatVector swish(FloatVector x) {
        return x.mul(sigmoid(x).blend(0, x.lt(-88.3f)));
    }

    /** {@code min(max(x / 6 + 1/2, 0), 1)}. */
    static FloatVector hardSigmoid(FloatVector x) {
        return x.div(6).add(0.5f).max(0).min(1);
    }

    /**
     * Hyperbolic tangent: of small arguments by the odd polynomial, of others by {@code 1 - 2 / (exp(2 |x|) + 1)}.
     *
     * @see <a href="https://www.netlib.org/cephes/">Moshier, Cephes, tanhf</a>
     */
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector large = FloatVector.broadcast(SPECIES, 1)
                .sub(FloatVector.broadcast(SPECIES, 2).div(exponential(size.add(size)).add(1)));
        large = large.blend(large.neg(), x.lt(0));
        FloatVector square = x.mul(x);
        FloatVector small = square.fma(FloatVector.broadcast(SPECIES, -5.70498872745e-3f),
                FloatVector.broadcast(SPECIES, 2.06390887954e-2f));
        small = small.fma(square, FloatVector.broadcast(SPECIES, -5.37397155531e-2f));
        small = small.fma(square, FloatVector.broadcast(SPECIES, 1.33314422036e-1f));
        small = small.fma(square, FloatVector.broadcast(SPECIES, -3.33332819422e-1f));
        small = small.mul(square).fma(x, x);
        return large.blend(small, size.lt(0.625f));
    }

    /**
     * {@code x / 2 * (1 + erf(x / sqrt(2)))} with {@code erf} to 1.5e-7.
     *
     * @see <a href="https://dlmf.nist.gov/7.24">Abramowitz and Stegun, 7.1.26</a>
     */
    static FloatVector gelu(FloatVector x) {
        FloatVector size = x.abs().mul(SQRT_HALF);
        FloatVector exponential = exponential(size.mul(size).neg());
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector t = one.div(size.fma(FloatVector.broadcast(SPECIES, 0.3275911f), one));
        FloatVector sum = t.fma(FloatVector.broadcast(SPECIES, 1.061405429f),
                FloatVector.broadcast(SPECIES, -1.453152027f));
        sum = sum.fma(t, FloatVector.broadcast(SPECIES, 1.421413741f));
        sum = sum.fma(t, FloatVector.broadcast(SPECIES, -0.284496736f));
        sum = sum.fma(t, FloatVector.broadcast(SPECIES, 0.254829592f));
        FloatVector error = one.sub(sum.mul(t).mul(exponential));
        error = error.blend(error.neg(), x.lt(0));
        return x.mul(0.5f).mul(error.add(1));
    }

    /** {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))}, which is {@code x} times a sigmoid. */
    static FloatVector geluTanh(FloatVector x) {
        FloatVector cubic = x.mul(x).mul(0.044715f).fma(x, x).mul(1.5957691216f);
        return x.mul(sigmoid(cubic).blend(0, cubic.lt(-88.3f)));
    }

    /** {@code x * tanh(log(1 + exp(x)))}, the tangent as {@code n / (n + 2)} of {@code n = exp(x) * (exp(x) + 2)}. */
    static FloatVector mish(FloatVector x) {
        FloatVector exponential = exponential(x.min(20));
        FloatVector numerator = exponential.mul(exponential.add(2));
        FloatVector tangent = numerator.div(numerator.add(2));
        return x.mul(tangent.blend(0, x.lt(-88.3f)));
    }

    /** {@code max(x, 0) + log(1 + exp(-|x|))}, equal to {@code log(1 + exp(x))}. */
    static FloatVector softplus(FloatVector x) {
        return x.max(0).add(logOfOnePlus(exponential(x.abs().neg())));
    }

    /** {@code log(1 + u)} of {@code u} within 0 and 1, as {@code 2 artanh(u / (2 + u))}. */
    static FloatVector logOfOnePlus(FloatVector u) {
        FloatVector ratio = u.div(u.add(2));
        FloatVector square = ratio.mul(ratio);
        FloatVector sum = FloatVector.broadcast(SPECIES, 1f / 15);
        sum = sum.fma(square, FloatVector.broadcast(SPECIES, 1f / 13));
        sum = sum.fma(square, FloatVector.broadcast(SPECIES, 1f / 11));
        sum = sum.fma(square, FloatVector.broadcast(SPECIES, 1f / 9));
        sum = sum.fma(square, FloatVector.broadcast(SPECIES, 1f / 7));
        sum = sum.fma(square, FloatVector.broadcast(SPECIES, 1f / 5));
        sum = sum.fma(square, FloatVector.broadcast(SPECIES, 1f / 3));
        sum = sum.fma(square, FloatVector.broadcast(SPECIES, 1f));
        return ratio.add(ratio).mul(sum);
    }

    /**
     * The natural logarithm of numbers above {@code 1e-37}: {@code n * ln(2) + ln(m)} with {@code m} within {@code
     * sqrt(1/2)} and {@code sqrt(2)}.
     *
     * @see <a href="https://www.netlib.org/cephes/">Moshier, Cephes, logf</a>
     */
    static FloatVector logarithm(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        FloatVector mantissa = bits.lanewise(VectorOperators.AND, 0x7fffff).lanewise(VectorOperators.OR, 0x3f000000)
                .reinterpretAsFloats();
        FloatVector power = bits.lanewise(VectorOperators.LSHR, 23).lanewise(VectorOperators.OR, 0x4b000000)
                .reinterpretAsFloats().sub(8388608f + 126);
        VectorMask<Float> small = mantissa.lt(SQRT_HALF);
        power = power.blend(power.sub(1), small);
        FloatVector rest = mantissa.blend(mantissa.add(mantissa), small).sub(1);
        FloatVector series = rest.fma(FloatVector.broadcast(SPECIES, 7.0376836292e-2f),
                FloatVector.broadcast(SPECIES, -1.1514610310e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 1.1676998740e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, -1.2420140846e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 1.4249322787e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, -1.6668057665e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 2.0000714765e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, -2.4999993993e-1f));
        series = series.fma(rest, FloatVector.broadcast(SPECIES, 3.3333331174e-1f));
        FloatVector square = rest.mul(rest);
        FloatVector y = series.mul(rest).mul(square);
        y = power.fma(FloatVector.broadcast(SPECIES, LN2_LOW), y);
        y = square.fma(FloatVector.broadcast(SPECIES, -0.5f), y);
        return power.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), rest.add(y));
    }
}
