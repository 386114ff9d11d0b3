package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Reduction;

/**
 * The maximum or mean of a window of any size, row by row, in one loop: a vector that is carried through two nested loops may end
 * up on the heap. So may one on which an operation is called that comes from the round before, which is why it is the argument.
 *
 * @param reduction maximum or mean
 */
record ReduceKernel(Reduction reduction) {

    String name() {
        return reduction.prefix() + "Window";
    }

    /** Takes a value into a result. The maximum in two instructions, not six; one that is not a number may get lost in it. */
    CodeBlock takeIn(String result, String value) {
        return Template.fill(switch (reduction) {
            case MAX -> "$result:L = $value:L.blend($result:L, $value:L.lt($result:L));\n";
            case MEAN -> "$result:L = $value:L.add($result:L);\n";
        }, "result", result, "value", value);
    }

    Signature window() {
        return Signature.of(name(), "One vector of channels of a window of {@code count} pixels.").withSegment("arena")
                .withAll(long.class, "source", "rowStep", "columnStep").withExtent("columns").withCount("count")
                .with(long.class, "to").with(float.class, "divisor");
    }

    MethodSpec method() {
        return window().loop(Template.fill("""
                $floatVector:T result = $floatVector:T.broadcast(SPECIES, $start:L);
                long nextRow = rowStep - columns * columnStep;
                int column = 0;
                for (int i = 0; i < count; i++) {
                    $floatVector:T value = $floatVector:T.fromMemorySegment(SPECIES, arena, source, ORDER);
                    $takeIn:L\
                    column++;
                    source += columnStep;
                    if (column == columns) {
                        column = 0;
                        source += nextRow;
                    }
                }
                result$end:L.intoMemorySegment(arena, to, ORDER);
                """, "takeIn", takeIn("result", "value"), "start", switch (reduction) {
            case MAX -> "Float.NEGATIVE_INFINITY";
            case MEAN -> "0";
        }, "end", reduction == Reduction.MEAN ? ".div(divisor)" : ""));
    }
}
