package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    private static final SourceSpan SPAN = new SourceSpan("test.yaml", 1, 1, 1);
    private static final Sequence LIST = new Sequence(List.of(plain("1"), plain("2")), SPAN);
    private static final Variables VARIABLES =
            Variables.ofParameters(Map.of("word", plain("relu"), "quoted", new Scalar("3", false, SPAN),
                    "list", LIST, "m", plain("-4"))).withIndex("n", 5);

    @ParameterizedTest
    @CsvSource({"1, 1", "1 + 2 * 3, 7", "(1 + 2) * 3, 9", "2 - 3 - 4, -5", "n, 5", "n*n - 1, 24", "-n, -5", "--n, 5",
        "m + 4, 0", "2*(n-(1+m)), 16",
        "((((7)))), 7", "  8  , 8"})
    void computes(String expression, long expected) throws ExpressionException {
        assertEquals(expected, Expression.evaluate(expression, VARIABLES));
    }

    @ParameterizedTest
    @CsvSource({"'', E111", "1 +, E111", "(1, E111", "1), E111", "1 2, E111", "1 / 2, E111", "1.5, E111",
        "9999999999999999999, E111",
        "999999999999 * 999999999999, E111", "word + 1, E111", "quoted + 1, E111", "list + 1, E111", "x, E108",
        "é, E111", "0x10, E111"})
    void refuses(String expression, DiagnosticCode code) {
        assertEquals(code,
                assertThrows(ExpressionException.class, () -> Expression.evaluate(expression, VARIABLES)).code());
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThrows(ExpressionException.class,
                () -> Expression.evaluate("(".repeat(60) + "1" + ")".repeat(60), VARIABLES));
        assertThrows(ExpressionException.class, () -> Expression.evaluate("-".repeat(60) + "1", VARIABLES));
        assertThrows(ExpressionException.class, () -> Expression.evaluate("1" + "+1".repeat(100), VARIABLES));
    }

    @Property
    void arbitraryTextHasAValueOrIsRefused(@ForAll String text) {
        try {
            Expression.evaluate(text, VARIABLES);
        } catch (ExpressionException refused) {
            assertEquals(true, refused.code() == DiagnosticCode.E111 || refused.code() == DiagnosticCode.E108);
        }
    }

    @Property
    void sumsAndProductsAreExact(@ForAll short a, @ForAll short b, @ForAll short c) throws ExpressionException {
        assertEquals((long) a + (long) b * c, Expression.evaluate(a + " + " + b + "*" + c, VARIABLES));
        assertEquals(((long) a - b) * c, Expression.evaluate("(" + a + "-" + b + ") * " + c, VARIABLES));
    }

    @Test
    void aVariableAloneStandsForItsValue() {
        assertEquals(Optional.of(LIST), substitute(quoted("${list}")));
        assertEquals(Optional.of(plain("relu")), substitute(quoted("${ word }")));
        assertEquals(Optional.of(plain("5")), substitute(quoted("${n}")));
        assertEquals(Optional.of(plain("6")), substitute(quoted("${n + 1}")));
    }

    @Test
    void withinATextItIsText() {
        assertEquals(Optional.of(quoted("block5_relu.6$")), substitute(quoted("block${n}_${word}.${n+1}$")));
        assertEquals(Optional.of(plain("15")), substitute(plain("1${n}")));
        assertEquals(Optional.of(quoted("$n {n}")), substitute(quoted("$n {n}")));
    }

    @Test
    void withinAListEachItemIsReplaced() {
        assertEquals(Optional.of(new Sequence(List.of(plain("5"), plain("7")), SPAN)),
                substitute(new Sequence(List.of(quoted("${n}"), plain("7")), SPAN)));
        assertEquals(Optional.empty(), substitute(new Sequence(List.of(quoted("${list}")), SPAN)));
    }

    @Test
    void anInnerVariableComesFirst() {
        assertEquals(Optional.of(plain("9")),
                VARIABLES.withIndex("n", 9).substitute(quoted("${n}"), new Diagnostics()));
    }

    private static Optional<Value> substitute(Value value) {
        return VARIABLES.substitute(value, new Diagnostics());
    }

    private static Scalar plain(String text) {
        return new Scalar(text, true, SPAN);
    }

    private static Scalar quoted(String text) {
        return new Scalar(text, false, SPAN);
    }
}
