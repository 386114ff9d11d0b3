package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.graph.op.Activation;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Activations as vector code: from a vector {@code x} and a number {@code parameter} to a vector {@code y}. Polynomials
 * of our own in a fixed order, so that a result is the same on every machine; the JDK's transcendental operations
 * differ in the last place between interpreter, C2 and machines.
 */
final class Activations {

    private static final Pattern WORD = Pattern.compile("(?:^|_)(.)");

    private Activations() {}

    /** {@code hard_swish} to {@code HardSwish}. */
    static String className(Activation.Kind kind) {
        return WORD.matcher(kind.keyword()).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    /** {@code hard_swish} to {@code hardSwish}. */
    static String methodName(Activation.Kind kind) {
        String name = className(kind);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    static CodeBlock formula(Activation.Kind kind) {
        return switch (kind) {
            case LEAKY_RELU -> Template.fill("$floatVector:T y = x.blend(x.mul(parameter), x.lt(0));\n");
            case ELU -> exponential("x").toBuilder()
                    .add(Template.fill("$floatVector:T y = x.blend(exponential.sub(1).mul(parameter), x.lt(0));\n"))
                    .build();
            case SIGMOID -> sigmoid().toBuilder().add("FloatVector y = sigmoid;\n").build();
            case SWISH -> sigmoid().toBuilder()
                    .add(Template.fill("$floatVector:T y = x.mul(sigmoid.blend(0, x.lt(-88.3f)));\n")).build();
            case HARD_SIGMOID -> hardSigmoid().toBuilder().add("FloatVector y = hardSigmoid;\n").build();
            case HARD_SWISH -> hardSigmoid().toBuilder().add("FloatVector y = x.mul(hardSigmoid);\n").build();
            case TANH -> tanh();
            case GELU -> gelu();
            case SOFTPLUS -> softplus();
            case IDENTITY, RELU, RELU6, CLIP -> throw new IllegalArgumentException(kind + " is a clamp");
            case RECTIFY, SELU, CELU, SLOPED_HARD_SIGMOID, GELU_TANH, SOFTSIGN, MISH, EXPONENTIAL ->
                    throw new IllegalArgumentException("no kernel ends with " + kind);
        };
    }

    private static CodeBlock hardSigmoid() {
        return Template.fill("$floatVector:T hardSigmoid = x.div(6).add(0.5f).max(0).min(1);\n");
    }

    private static CodeBlock sigmoid() {
        return CodeBlock.builder().add(exponential("x.neg()"))
                .add(Template.fill(
                        "$floatVector:T sigmoid = $floatVector:T.broadcast(SPECIES, 1).div(exponential.add(1));\n"))
                .build();
    }

    /**
     * {@code exp} of an expression, as {@code exponential}: {@code 2^n * exp(r)} with {@code r} within {@code ln(2) /
     * 2}; relative error below 2e-7. Arguments are cut to {@code [-87.3, 88.3]}. What is no number stays none: the last
     * addition is for those whose lower bits would otherwise be taken for an exponent.
     *
     * @see <a href="https://www.netlib.org/cephes/">Moshier, Cephes, expf</a>
     */
    static CodeBlock exponential(String argument) {
        return Template.fill(
                """
                        $floatVector:T argument = $argument:L.max(-87.3f).min(88.3f);
                        $floatVector:T shifted = argument.fma($floatVector:T.broadcast(SPECIES, 1.44269504f),
                                $floatVector:T.broadcast(SPECIES, 12582912f));
                        $floatVector:T power = shifted.sub(12582912f);
                        $floatVector:T rest = power.fma($floatVector:T.broadcast(SPECIES, -0.693359375f), argument);
                        rest = power.fma($floatVector:T.broadcast(SPECIES, 2.12194440e-4f), rest);
                        $floatVector:T series = rest.fma($floatVector:T.broadcast(SPECIES, 1.9875691500e-4f),
                                $floatVector:T.broadcast(SPECIES, 1.3981999507e-3f));
                        series = series.fma(rest, $floatVector:T.broadcast(SPECIES, 8.3334519073e-3f));
                        series = series.fma(rest, $floatVector:T.broadcast(SPECIES, 4.1665795894e-2f));
                        series = series.fma(rest, $floatVector:T.broadcast(SPECIES, 1.6666665459e-1f));
                        series = series.fma(rest, $floatVector:T.broadcast(SPECIES, 5.0000001201e-1f));
                        series = series.fma(rest.mul(rest), rest.add(1));
                        $intVector:T exponent = shifted.reinterpretAsInts().lanewise($vectorOperators:T.LSHL, 23);
                        $floatVector:T exponential = series.reinterpretAsInts().add(exponent).reinterpretAsFloats()
                                .add(argument.sub(argument));
                        """,
                "argument", argument);
    }

    /**
     * Small arguments by the odd polynomial, others by {@code 1 - 2 / (exp(2 |x|) + 1)}.
     *
     * @see <a href="https://www.netlib.org/cephes/">Moshier, Cephes, tanhf</a>
     */
    private static CodeBlock tanh() {
        return CodeBlock.builder().add(Template.fill("$floatVector:T size = x.abs();\n"))
                .add(exponential("size.add(size)"))
                .add(Template
                        .fill("""
                                $floatVector:T large = $floatVector:T.broadcast(SPECIES, 1)
                                        .sub($floatVector:T.broadcast(SPECIES, 2).div(exponential.add(1)));
                                large = large.blend(large.neg(), x.lt(0));
                                $floatVector:T square = x.mul(x);
                                $floatVector:T small = square.fma($floatVector:T.broadcast(SPECIES, -5.70498872745e-3f),
                                        $floatVector:T.broadcast(SPECIES, 2.06390887954e-2f));
                                small = small.fma(square, $floatVector:T.broadcast(SPECIES, -5.37397155531e-2f));
                                small = small.fma(square, $floatVector:T.broadcast(SPECIES, 1.33314422036e-1f));
                                small = small.fma(square, $floatVector:T.broadcast(SPECIES, -3.33332819422e-1f));
                                small = small.mul(square).fma(x, x);
                                $floatVector:T y = large.blend(small, size.lt(0.625f));
                                """))
                .build();
    }

    /**
     * {@code x / 2 * (1 + erf(x / sqrt(2)))} with {@code erf} to 1.5e-7.
     *
     * @see <a href="https://dlmf.nist.gov/7.24">Abramowitz and Stegun, 7.1.26</a>
     */
    private static CodeBlock gelu() {
        return CodeBlock.builder().add(Template.fill("$floatVector:T size = x.abs().mul(0.70710678f);\n"))
                .add(exponential("size.mul(size).neg()"))
                .add(Template
                        .fill("""
                                $floatVector:T one = $floatVector:T.broadcast(SPECIES, 1);
                                $floatVector:T t = one.div(size.fma($floatVector:T.broadcast(SPECIES, 0.3275911f), one));
                                $floatVector:T sum = t.fma($floatVector:T.broadcast(SPECIES, 1.061405429f),
                                        $floatVector:T.broadcast(SPECIES, -1.453152027f));
                                sum = sum.fma(t, $floatVector:T.broadcast(SPECIES, 1.421413741f));
                                sum = sum.fma(t, $floatVector:T.broadcast(SPECIES, -0.284496736f));
                                sum = sum.fma(t, $floatVector:T.broadcast(SPECIES, 0.254829592f));
                                $floatVector:T error = one.sub(sum.mul(t).mul(exponential));
                                error = error.blend(error.neg(), x.lt(0));
                                $floatVector:T y = x.mul(0.5f).mul(error.add(1));
                                """))
                .build();
    }

    /** {@code max(x, 0) + log(1 + u)}, {@code u = exp(-|x|)}, the logarithm as {@code 2 artanh(u / (2 + u))}. */
    private static CodeBlock softplus() {
        CodeBlock.Builder code = CodeBlock.builder().add(exponential("x.abs().neg()")).add(Template.fill("""
                $floatVector:T ratio = exponential.div(exponential.add(2));
                $floatVector:T square = ratio.mul(ratio);
                $floatVector:T sum = $floatVector:T.broadcast(SPECIES, 1f / 15);
                """));
        for (int n = 13; n >= 1; n -= 2) {
            code.add(Template.fill("sum = sum.fma(square, $floatVector:T.broadcast(SPECIES, $term:L));\n", "term",
                    n == 1 ? "1f" : "1f / " + n));
        }
        return code.add(Template.fill("$floatVector:T y = x.max(0).add(ratio.add(ratio).mul(sum));\n")).build();
    }
}
