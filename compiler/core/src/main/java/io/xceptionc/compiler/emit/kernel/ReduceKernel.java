package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Reduction;

/**
 * The maximum or mean of a window of any size, row by row, in one loop: a vector that is carried through two nested loops may end
 * up on the heap. So may one on which an operation is called that comes from the round before, which is why it is the argument.
 *
 * <p>
 * A sum of float32 alone drifts: that of a million equal values is wrong in the third digit. So what rounding adds is taken back
 * (compensated summation), but four rounds later, as a round would otherwise wait for four operations in place of one. The mean
 * of any number of values is then exact to a ten-millionth of their mean magnitude.
 *
 * @see <a href="https://doi.org/10.1145/363707.363723">Kahan, Further Remarks on Reducing Truncation Errors</a>
 * @param reduction maximum or mean
 */
record ReduceKernel(Reduction reduction) {

    String name() {
        return reduction.prefix() + "Window";
    }

    /** Takes a value into a maximum, in two instructions, not six; one that is not a number may get lost in it. */
    static CodeBlock takeMaximum(String result, String value) {
        return Template.fill("$result:L = $value:L.blend($result:L, $value:L.lt($result:L));\n", "result", result,
                "value",
                value);
    }

    Signature window() {
        return Signature.of(name(), "One vector of channels of a window of {@code count} pixels.").withSegment("arena")
                .withAll(long.class, "source", "rowStep", "columnStep").withExtent("columns").withCount("count")
                .with(long.class, "to").with(float.class, "divisor");
    }

    MethodSpec method() {
        return window().loop(switch (reduction) {
            case MAX -> pixels("$floatVector:T result = $floatVector:T.broadcast(SPECIES, Float.NEGATIVE_INFINITY);\n",
                    takeMaximum("result", "value"), "result.intoMemorySegment(arena, to, ORDER);\n");
            case MEAN -> pixels("""
                    $floatVector:T sum = $floatVector:T.zero(SPECIES);
                    $floatVector:T plainSum = $floatVector:T.zero(SPECIES);
                    $floatVector:T excess0 = $floatVector:T.zero(SPECIES);
                    $floatVector:T excess1 = $floatVector:T.zero(SPECIES);
                    $floatVector:T excess2 = $floatVector:T.zero(SPECIES);
                    $floatVector:T excess3 = $floatVector:T.zero(SPECIES);
                    """, takeIntoSum(), """
                    $floatVector:T total = sum.sub(excess0.add(excess1).add(excess2.add(excess3)));
                    plainSum.blend(total, total.eq(total)).div(divisor).intoMemorySegment(arena, to, ORDER);
                    """);
        });
    }

    /** Beside it a plain sum, which takes its place where something is infinite, as the excess is no number then. */
    private static CodeBlock takeIntoSum() {
        return Template.fill("""
                $floatVector:T summand = value.sub(excess0);
                $floatVector:T next = summand.add(sum);
                excess0 = excess1;
                excess1 = excess2;
                excess2 = excess3;
                excess3 = next.sub(sum).sub(summand);
                sum = next;
                plainSum = value.add(plainSum);
                """);
    }

    private static CodeBlock pixels(String start, CodeBlock takeIn, String end) {
        return CodeBlock.builder().add(Template.fill(start)).add(Template.fill("""
                long nextRow = rowStep - columns * columnStep;
                int column = 0;
                """)).beginControlFlow("for (int i = 0; i < count; i++)")
                .add(Template.fill(
                        "$floatVector:T value = $floatVector:T.fromMemorySegment(SPECIES, arena, source, ORDER);\n"))
                .add(takeIn).add("""
                        column++;
                        source += columnStep;
                        if (column == columns) {
                            column = 0;
                            source += nextRow;
                        }
                        """).endControlFlow().add(Template.fill(end)).build();
    }
}
