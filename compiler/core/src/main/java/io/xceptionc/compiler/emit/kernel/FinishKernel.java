package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import java.util.List;

/**
 * What follows the sums of a product: {@code min(max(sum + bias + residual, floor), ceiling)}, from {@code [pixel][32]} to a block
 * of an image.
 *
 * @param hasResidual whether something is added
 * @param hasCeiling whether results are bounded above, too
 */
record FinishKernel(boolean hasResidual, boolean hasCeiling) {

    String suffix() {
        return (hasResidual ? "AndAdd" : "") + (hasCeiling ? "Clamped" : "");
    }

    String name() {
        return "finish" + suffix();
    }

    private Signature pixels() {
        return Signature.of(name(), "What follows the sums of the pixels from first to before last.")
                .withFrame().with(Product.class, "product")
                .withAll(int.class, "panel", "firstPixel", "lastPixel").with(float[].class, "sums");
    }

    Signature run() {
        Signature signature = Signature.of(name() + "Run", "What follows the sums of neighbouring pixels.")
                .with(float[].class, "sums").with(int.class, "sum").withSegment("constants").with(long.class, "bias")
                .withSegment("arena");
        return (hasResidual ? signature.with(long.class, "residual") : signature).with(long.class, "output")
                .withCount("count").withAll(float.class, "floor", "ceiling");
    }

    List<MethodSpec> methods(VectorWidth width) {
        return List.of(pixels().helper(pixelsBody()), run().loop(runBody(width)));
    }

    private CodeBlock pixelsBody() {
        String residual = hasResidual
                ? "                residual.origin(block) + y * residual.rowBytes() + x * PIXEL_BYTES,\n"
                : "";
        return Template.fill("$imageLayout:T output = product.output();\n"
                + (hasResidual ? "$imageLayout:T residual = product.residual();\n" : "") + """
                        int block = product.firstPanel() + panel;
                        for (int pixel = firstPixel; pixel < lastPixel;) {
                            int y = pixel / output.width();
                            int x = pixel % output.width();
                            int count = $math:T.min(output.width() - x, lastPixel - pixel);
                            $name:LRun(sums, (pixel - firstPixel) * $channels:L, frame.constants(),
                                    product.bias() + panel * PIXEL_BYTES, frame.arena(),
                        """ + residual
                + """
                                    output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES, count, product.floor(),
                                    product.ceiling());
                            pixel += count;
                        }
                        """,
                "name", name(), "channels", ImageLayout.CHANNELS);
    }

    /*-
     * FloatVector bias0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER); ...
     * for (int i = 0; i < count; i++) {
     *     FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum).add(bias0)
     *             .add(FloatVector.fromMemorySegment(SPECIES, arena, residual, ORDER));
     *     value0.blend(least, value0.lt(least)).intoMemorySegment(arena, output, ORDER); ...     max in two instructions, not six
     * }
     */
    private CodeBlock runBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int j = 0; j < width.vectorsOfBlock(); j++) {
            code.add(Template.fill(
                    "$floatVector:T bias$j:L = $floatVector:T.fromMemorySegment(SPECIES, constants, bias$at:L, ORDER);\n",
                    "j", j, "at", Template.plus(j * width.bytes())));
        }
        code.add(Template.fill("$floatVector:T least = $floatVector:T.broadcast(SPECIES, floor);\n"));
        if (hasCeiling) {
            code.add(Template.fill("$floatVector:T most = $floatVector:T.broadcast(SPECIES, ceiling);\n"));
        }
        code.beginControlFlow("for (int i = 0; i < count; i++)");
        for (int j = 0; j < width.vectorsOfBlock(); j++) {
            code.add(vector(width, j));
        }
        code.add("sum += $L;\n" + (hasResidual ? "residual += PIXEL_BYTES;\n" : "") + "output += PIXEL_BYTES;\n",
                ImageLayout.CHANNELS);
        return code.endControlFlow().build();
    }

    private CodeBlock vector(VectorWidth width, int j) {
        String added = hasResidual
                ? "\n        .add($floatVector:T.fromMemorySegment(SPECIES, arena, residual$at:L, ORDER))"
                : "";
        String bounded = hasCeiling ? "value$j:L = value$j:L.blend(most, most.lt(value$j:L));\n" : "";
        return Template.fill(
                "$floatVector:T value$j:L = $floatVector:T.fromArray(SPECIES, sums, sum$lane:L).add(bias$j:L)" + added
                        + ";\n" + bounded
                        + "value$j:L.blend(least, value$j:L.lt(least)).intoMemorySegment(arena, output$at:L, ORDER);\n",
                "j", j, "at", Template.plus(j * width.bytes()), "lane", Template.plus(j * width.lanes()));
    }
}
