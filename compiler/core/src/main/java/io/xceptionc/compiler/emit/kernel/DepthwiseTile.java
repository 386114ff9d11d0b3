package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;

/**
 * The register tile of a depthwise convolution: the sums of neighbouring pixels of one row, a vector of channels of
 * each, kept in registers while the window's rows go by. A window's row is written out; how many rows there are is
 * known when it runs.
 *
 * @param taps columns of the window
 * @param pixels how many neighbours are computed at once
 * @param stride columns from one position to the next where the window's taps are neighbours, so that an input is
 *        loaded once for all positions that see it; 0 where both distances are known when it runs, and each tap loads
 *        its own
 * @param rectifies whether inputs have a floor
 * @param clamps whether results are bounded
 * @param rowFloats from a matrix row to the next; 0 if it writes an image
 */
record DepthwiseTile(int taps, int pixels, int stride, boolean rectifies, boolean clamps, int rowFloats) {

    String name() {
        return "slide" + taps + "Wide" + variant();
    }

    /** What names add of how it differs from others of its window. */
    String variant() {
        return (stride == 0 ? "Apart" : stride == 1 ? "" : "Stride" + stride) + (rectifies ? "Rectified" : "")
                + (clamps ? "Clamped" : "") + (rowFloats == 0 ? "ToImage" : "") + (pixels == 1 ? "" : "By" + pixels);
    }

    private boolean sharesInputs() {
        return stride > 0;
    }

    Signature signature() {
        Signature signature = Signature.of(name(), "One vector of channels of "
                + (pixels == 1 ? "a pixel." : pixels + " neighbouring pixels.")).withSegment("arena")
                .withAll(long.class, "source", "rowStep");
        if (!sharesInputs()) {
            signature.withAll(long.class, "columnStep", "step");
        }
        signature.withSegment("constants").withAll(long.class, "taps", "bias");
        if (rowFloats == 0) {
            signature.with(long.class, "to");
        } else {
            signature.with(float[].class, "rows").with(int.class, "to");
        }
        signature.withCount("kernelHeight");
        if (rectifies) {
            signature.with(float.class, "inputFloor");
        }
        return clamps ? signature.withAll(float.class, "floor", "ceiling") : signature;
    }

    /*-
     * FloatVector sum0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
     * FloatVector sum1 = sum0; ...
     * for (int y = 0; y < kernelHeight; y++) {
     *     FloatVector tap0 = FloatVector.fromMemorySegment(SPECIES, constants, taps, ORDER); ...
     *     FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
     *     sum0 = x0.fma(tap0, sum0);
     *     FloatVector x1 = ...
     *     sum0 = x1.fma(tap1, sum0);
     *     sum1 = x1.fma(tap0, sum1); ...
     *     source += rowStep;
     *     taps += 3 * PIXEL_BYTES;
     * }
     * sum0.intoArray(rows, to); ...
     */
    MethodSpec method() {
        CodeBlock.Builder code = CodeBlock.builder().add(bounds());
        code.add(Template.fill("$floatVector:T sum0 = $load:L;\n", "load", load("constants", "bias")));
        for (int pixel = 1; pixel < pixels; pixel++) {
            code.add(Template.fill("$floatVector:T sum$i:L = sum0;\n", "i", pixel));
        }
        code.beginControlFlow("for (int y = 0; y < kernelHeight; y++)");
        for (int tap = 0; tap < taps; tap++) {
            code.add(Template.fill("$floatVector:T tap$i:L = $load:L;\n", "i", tap, "load",
                    load("constants", "taps" + Template.plus(tap, "PIXEL_BYTES"))));
        }
        code.add(sharesInputs() ? sharedInputs() : inputsOfTaps());
        code.add("source += rowStep;\ntaps += $L;\n", taps == 1 ? "PIXEL_BYTES" : taps + " * PIXEL_BYTES")
                .endControlFlow();
        for (int pixel = 0; pixel < pixels; pixel++) {
            code.add(store(pixel));
        }
        return signature().loop(code.build());
    }

    private CodeBlock bounds() {
        CodeBlock.Builder code = CodeBlock.builder();
        if (rectifies) {
            code.add(Template.fill("$floatVector:T inputLeast = $floatVector:T.broadcast(SPECIES, inputFloor);\n"));
        }
        if (clamps) {
            code.add(Template.fill("""
                    $floatVector:T least = $floatVector:T.broadcast(SPECIES, floor);
                    $floatVector:T most = $floatVector:T.broadcast(SPECIES, ceiling);
                    """));
        }
        return code.build();
    }

    /** Each input once, for all positions that see it. */
    private CodeBlock sharedInputs() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int column = 0; column < (pixels - 1) * stride + taps; column++) {
            CodeBlock.Builder sums = CodeBlock.builder();
            for (int tap = column % stride; tap < taps; tap += stride) {
                int pixel = (column - tap) / stride;
                if (column >= tap && pixel < pixels) {
                    sums.add(add("x" + column, tap, pixel));
                }
            }
            if (!sums.isEmpty()) {
                code.add(input("x" + column, "source" + Template.plus(column, "PIXEL_BYTES"))).add(sums.build());
            }
        }
        return code.build();
    }

    /** What each position sees under each tap. */
    private CodeBlock inputsOfTaps() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int tap = 0; tap < taps; tap++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                String input = "x" + pixel + "_" + tap;
                code.add(input(input, "source" + Template.plus(pixel, "step") + Template.plus(tap, "columnStep")))
                        .add(add(input, tap, pixel));
            }
        }
        return code.build();
    }

    private CodeBlock input(String name, String at) {
        return Template.fill("$floatVector:T $x:L = $load:L;\n"
                + (rectifies ? "$x:L = $x:L.blend(inputLeast, $x:L.lt(inputLeast));\n" : ""), "x", name, "load",
                load("arena", at));
    }

    private static CodeBlock add(String input, int tap, int pixel) {
        return CodeBlock.of("sum$1L = $2L.fma(tap$3L, sum$1L);\n", pixel, input, tap);
    }

    private CodeBlock store(int pixel) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (clamps) { // max and min in two instructions each, not six
            code.add("sum$1L = sum$1L.blend(least, sum$1L.lt(least));\n", pixel)
                    .add("sum$1L = sum$1L.blend(most, most.lt(sum$1L));\n", pixel);
        }
        return code.add(rowFloats == 0
                ? CodeBlock.of("sum$L.intoMemorySegment(arena, to$L, ORDER);\n", pixel,
                        Template.plus(pixel, "PIXEL_BYTES"))
                : CodeBlock.of("sum$L.intoArray(rows, to$L);\n", pixel, Template.plus(pixel * rowFloats))).build();
    }

    private static CodeBlock load(String segment, String at) {
        return Template.fill("$floatVector:T.fromMemorySegment(SPECIES, $segment:L, $at:L, ORDER)", "segment", segment,
                "at", at);
    }
}
