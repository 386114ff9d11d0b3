package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Python's math module. */
class ActivationFunctionsTest {

    private static final double[] ARGUMENTS = {-8, -2, -0.5, 0, 1, 4, 9};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IDENTITY     | 0   | -8 -2 -0.5 0 1 4 9
            RELU         | 0   | 0 0 0 0 1 4 9
            RELU6        | 0   | 0 0 0 0 1 4 6
            CLIP         | -0.75 2.5 | -0.75 -0.75 -0.5 0 1 2.5 2.5
            RECTIFY      | 1 0.25 5  | -2.25 -0.75 -0.375 -0.25 1 4 5
            SELU         | 0   | -1.7575095642223824 -1.520166468595695 -0.6917581878028713 0 \
            1.0507009873554805 4.202803949421922 9.456308886199324
            CELU         | 0.5 | -0.49999994373241263 -0.4908421805556329 -0.31606027941427883 0 1 4 9
            SLOPED_HARD_SIGMOID | 0.25 0.5 | 0 0 0.375 0.5 0.75 1 1
            GELU_TANH    | 0   | 0 -0.04540230591222494 -0.15428599017485606 0 \
            0.8411919906082768 3.9999297540518075 9
            SOFTSIGN     | 0   | -0.8888888888888888 -0.6666666666666666 -0.3333333333333333 0 0.5 0.8 0.9
            MISH         | 0   | -0.002683250882546538 -0.2525014826957089 -0.22074377465173 0 \
            0.8650983882673103 3.9974128069762385 8.999999725928019
            EXPONENTIAL  | 0   | 0.00033546262790251185 0.1353352832366127 0.6065306597126334 1 \
            2.718281828459045 54.598150033144236 8103.083927575384
            LEAKY_RELU   | 0.5 | -4 -1 -0.25 0 1 4 9
            ELU          | 0.5 | -0.49983226868604874 -0.43233235838169365 -0.1967346701436833 0 1 4 9
            SIGMOID      | 0   | 0.0003353501304664781 0.11920292202211755 0.3775406687981454 0.5 \
            0.7310585786300049 0.9820137900379085 0.9998766054240137
            TANH         | 0   | -0.9999997749296758 -0.9640275800758169 -0.46211715726000974 0 \
            0.7615941559557649 0.999329299739067 0.999999969540041
            HARD_SIGMOID | 0   | 0 0.16666666666666666 0.4166666666666667 0.5 0.6666666666666666 1 1
            HARD_SWISH   | 0   | 0 -0.3333333333333333 -0.20833333333333334 0 0.6666666666666666 4 9
            SWISH        | 0   | -0.002682801043731825 -0.2384058440442351 -0.1887703343990727 0 \
            0.7310585786300049 3.928055160151634 8.998889448816124
            GELU         | 0   | -4.9767684594174555e-15 -0.04550026389635844 -0.15426876936299344 0 \
            0.8413447460685429 3.9998733150326675 9
            SOFTPLUS     | 0   | 0.00033540637289576885 0.1269280110429725 0.4740769841801067 0.6931471805599453 \
            1.3132616875182228 4.0181499279178094 9.000123402189724
            """)
    void agreesWithTheTable(Kind kind, String parameters, String expected) {
        String[] values = expected.split(" ", -1);
        List<String> numbers = List.of(parameters.split(" ", -1));
        Activation activation = numbers.size() == 1
                ? new Activation(kind, Float.parseFloat(parameters))
                : new Activation(kind, numbers.stream().map(Float::valueOf).toList());
        for (int index = 0; index < ARGUMENTS.length; index++) {
            double actual = ActivationFunctions.apply(activation, ARGUMENTS[index]);
            assertEquals(Double.parseDouble(values[index]), actual, 1e-14, kind + " of " + ARGUMENTS[index]);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPONENTIAL")
    void extremeArgumentsGiveNumbers(Kind kind) {
        for (double x : new double[] {-1e30, -1000, 1000, 1e30}) {
            double y = ActivationFunctions.apply(new Activation(kind, 0.5f), x);
            assertEquals(true, Double.isFinite(y), kind + " of " + x + " is " + y);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1e-3, 0.0011283787909692365", "0.5, 0.5204998778130465", "1, 0.8427007929497149",
        "2, 0.9953222650189527", "3, 0.9999779095030014", "5, 0.9999999999984626", "5.9, 1", "6, 1", "30, 1"})
    void errorFunctionIsExact(double x, double expected) {
        assertEquals(expected, ActivationFunctions.erf(x), 1e-15);
        assertEquals(-expected, ActivationFunctions.erf(-x), 1e-15);
    }

    @Test
    void whatIsNoNumberStaysSo() {
        assertEquals(Double.NaN, ActivationFunctions.apply(Activation.RELU, Double.NaN));
        assertEquals(Double.NaN, ActivationFunctions.apply(new Activation(Kind.GELU, 0), Double.NaN));
    }
}
