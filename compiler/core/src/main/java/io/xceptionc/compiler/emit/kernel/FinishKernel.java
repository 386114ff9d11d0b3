package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;
import java.util.stream.Stream;

/**
 * What follows the sums of a product, {@code activation(sum + residual + bias)}, from {@code [pixel][32]} to a block of
 * an image, for the pixels of a tile or for a single one. Clamps are straight code without a loop, which HotSpot would
 * split into three for a dozen of rounds; other functions take so many operations that it does not matter, and would be
 * too long. The residual is taken in by a method of its own, as the compilation of one large method takes longer.
 *
 * @param ofTile for all pixels of a tile, or for one
 * @param hasResidual whether something is added
 * @param ending the function that comes last
 */
record FinishKernel(boolean ofTile, boolean hasResidual, Ending ending) {

    String suffix() {
        return (hasResidual ? "AndAdd" : "") + ending.suffix();
    }

    private String unit() {
        return ofTile ? "Tile" : "Pixel";
    }

    private int pixels(VectorWidth width) {
        return ofTile ? width.tilePixels() : 1;
    }

    private Signature add() {
        return Signature.of("add" + unit(), "Adds the pixels of an image to the sums.").with(float[].class, "sums")
                .withSegment("arena").with(long.class, "residual").with(int[].class, "pixels").with(int.class, "pixel")
                .withCount("count");
    }

    private Signature finish() {
        return ending.isClamp() ? finishClamp() : finishVector();
    }

    private Signature finishVector() {
        return Signature.of("finish" + ending.suffix(), "What follows the sums, one vector of channels of some pixels.")
                .with(float[].class, "sums").with(int.class, "from").withSegment("constants").with(long.class, "bias")
                .withSegment("arena").with(long.class, "output").with(int[].class, "pixels").with(int.class, "pixel")
                .withCount("count").with(float.class, "parameter");
    }

    private Signature finishClamp() {
        return Signature.of("finish" + unit() + ending.suffix(), "What follows the sums.")
                .with(float[].class, "sums").withSegment("constants").with(long.class, "bias").withSegment("arena")
                .with(long.class, "output").with(int[].class, "pixels").with(int.class, "pixel").withCount("count")
                .withAll(float.class, "floor", "ceiling");
    }

    Stream<Signature> loops() {
        return hasResidual ? Stream.of(add(), finish()) : Stream.of(finish());
    }

    List<MethodSpec> methods(VectorWidth width) {
        MethodSpec finish = finish().loop(ending.isClamp() ? finishBody(width) : vectorBody());
        return hasResidual ? List.of(add().loop(addBody(width)), finish) : List.of(finish);
    }

    /** The statements for a product's panel. */
    CodeBlock calls(VectorWidth width, String pixel) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (hasResidual) {
            code.addStatement("add$L(sums, frame.arena(), product.residual(panel),$Wproduct.residualPixels(),$W$L, $L)",
                    unit(), pixel, pixels(width));
        }
        return code.add(ending.isClamp() ? clampCall(width, pixel) : vectorCalls(width, pixel)).build();
    }

    private CodeBlock clampCall(VectorWidth width, String pixel) {
        return CodeBlock.builder()
                .addStatement("finish$L(sums, frame.constants(), product.bias(panel), frame.arena(),$W"
                        + "product.output(panel),$Wproduct.outputPixels(), $L, $L,$Wproduct.floor(),$Wproduct.ceiling())",
                        unit() + ending.suffix(), pixel, pixels(width))
                .build();
    }

    private CodeBlock vectorCalls(VectorWidth width, String pixel) {
        String count = ofTile ? "low ? " + width.lowTilePixels() + " : " + width.tilePixels() : "1";
        return CodeBlock.builder()
                .beginControlFlow("for (int lane = 0; lane < $L; lane += LANES)", ImageLayout.CHANNELS)
                .addStatement(
                        "finish$L(sums, lane, frame.constants(), product.bias(panel) + lane * 4L, frame.arena(),$W"
                                + "product.output(panel) + lane * 4L,$Wproduct.outputPixels(), $L,$W$L, product.parameter())",
                        ending.suffix(), pixel, count)
                .endControlFlow().build();
    }

    /*-
     * FloatVector start = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
     * for (int i = 0; i < count; i++) {
     *     FloatVector x = FloatVector.fromArray(SPECIES, sums, from).add(start);
     *     FloatVector y = ...;
     *     y.intoMemorySegment(arena, output + pixels[pixel], ORDER); ...
     * }
     */
    private CodeBlock vectorBody() {
        return CodeBlock.builder()
                .add(Template.fill(
                        "$floatVector:T start = $floatVector:T.fromMemorySegment(SPECIES, constants, bias, ORDER);\n"))
                .beginControlFlow("for (int i = 0; i < count; i++)")
                .add(Template.fill("$floatVector:T x = $floatVector:T.fromArray(SPECIES, sums, from).add(start);\n"))
                .add(ending.formula()).add("y.intoMemorySegment(arena, output + pixels[pixel], ORDER);\n")
                .add("from += $L;\npixel++;\n", ImageLayout.CHANNELS).endControlFlow().build();
    }

    /*-
     * long residual0 = residual + pixels[pixel];
     * FloatVector.fromMemorySegment(SPECIES, arena, residual0, ORDER)
     *         .add(FloatVector.fromArray(SPECIES, sums, 0)).intoArray(sums, 0); ...
     */
    private CodeBlock addBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int i = 0; i < pixels(width); i++) {
            code.add("long residual$L = residual + pixels[pixel$L];\n", i, Template.plus(i));
            for (int j = 0; j < width.vectorsOfBlock(); j++) {
                code.add(Template.fill("""
                        $floatVector:T.fromMemorySegment(SPECIES, arena, residual$i:L$at:L, ORDER)
                                .add($floatVector:T.fromArray(SPECIES, sums, $sum:L)).intoArray(sums, $sum:L);
                        """, "i", i, "at", Template.plus(j * width.bytes()), "sum",
                        i * ImageLayout.CHANNELS + j * width.lanes()));
            }
        }
        return code.build();
    }

    /*-
     * FloatVector bias0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER); ...
     * long output0 = output + pixels[pixel];
     * FloatVector value0_0 = FloatVector.fromArray(SPECIES, sums, 0).add(bias0);
     * value0_0.blend(least, value0_0.lt(least)).intoMemorySegment(arena, output0, ORDER); ...   max in two instructions, not six
     */
    private CodeBlock finishBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int j = 0; j < width.vectorsOfBlock(); j++) {
            code.add(Template.fill(
                    "$floatVector:T bias$j:L = $floatVector:T.fromMemorySegment(SPECIES, constants, bias$at:L, ORDER);\n",
                    "j", j, "at", Template.plus(j * width.bytes())));
        }
        code.add(Template.fill("$floatVector:T least = $floatVector:T.broadcast(SPECIES, floor);\n"));
        if (ending.hasCeiling()) {
            code.add(Template.fill("$floatVector:T most = $floatVector:T.broadcast(SPECIES, ceiling);\n"));
        }
        for (int i = 0; i < pixels(width); i++) {
            code.add("long output$L = output + pixels[pixel$L];\n", i, Template.plus(i));
            for (int j = 0; j < width.vectorsOfBlock(); j++) {
                code.add(vector(width, i, j));
            }
        }
        return code.build();
    }

    private CodeBlock vector(VectorWidth width, int i, int j) {
        String bounded = ending.hasCeiling() ? "$value:L = $value:L.blend(most, most.lt($value:L));\n" : "";
        return Template.fill(
                "$floatVector:T $value:L = $floatVector:T.fromArray(SPECIES, sums, $sum:L).add(bias$j:L);\n"
                        + bounded
                        + "$value:L.blend(least, $value:L.lt(least)).intoMemorySegment(arena, output$i:L$at:L, ORDER);\n",
                "value", "value" + i + "_" + j, "i", i, "j", j, "at", Template.plus(j * width.bytes()), "sum",
                i * ImageLayout.CHANNELS + j * width.lanes());
    }
}
