package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.runtime.kernel.ImageLayout;

/**
 * The maximum or the sum of a window of any size, run by run of neighbouring pixels. Between two runs it stands in an array: a
 * vector that is carried through two nested loops may end up on the heap; so may one on which an operation is called that comes from
 * the round before, which is why it is the argument here.
 *
 * @param reduction maximum or mean
 */
record ReduceKernel(Reduction reduction) {

    String name() {
        return step() + "Run";
    }

    /** The method of a vector that takes another one in. */
    String step() {
        return switch (reduction) {
            case MAX -> "max";
            case MEAN -> "add";
        };
    }

    Signature run() {
        return Signature.of(name(), switch (reduction) {
            case MAX -> "The maximum of one vector of channels of neighbouring pixels and what is there already.";
            case MEAN -> "Adds one vector of channels of neighbouring pixels to what is there already.";
        }).withSegment("arena").withAll(long.class, "source", "step").withCount("count").with(float[].class, "sums")
                .with(int.class, "at");
    }

    MethodSpec method() {
        return run().loop(Template.fill("""
                $floatVector:T result = $floatVector:T.fromArray(SPECIES, sums, at);
                for (int i = 0; i < count; i++) {
                    result = $floatVector:T.fromMemorySegment(SPECIES, arena, source, ORDER).$step:L(result);
                    source += step;
                }
                result.intoArray(sums, at);
                """, "step", step()));
    }

    /** What the array holds before the first run. */
    CodeBlock start() {
        return Template.fill("$arrays:T.fill(sums, 0, $channels:L, $start:L);", "channels", ImageLayout.CHANNELS,
                "start",
                switch (reduction) {
                    case MAX -> "Float.NEGATIVE_INFINITY";
                    case MEAN -> "0";
                });
    }

    /** Stores a block of channels to {@code to}, the mean of a number of pixels if it is one. */
    CodeBlock end(String count) {
        String divided = """
                for (int channel = 0; channel < $channels:L; channel++) {
                    sums[channel] /= $count:L;
                }
                """;
        return Template.fill((reduction == Reduction.MEAN ? divided : "")
                + "$memorySegment:T.copy(sums, 0, frame.arena(), FLOAT, to, $channels:L);\n", "channels",
                ImageLayout.CHANNELS, "count", count);
    }
}
