package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.Product;
import java.util.List;

/**
 * Rows times panels: {@code [pixels][depth] x [panel][depth][32] -> [panel][pixels][32]}, each sum in the order of depth, one
 * fused multiply-add at a time, so that no result depends on tile or vector width.
 *
 * <p>
 * A tile keeps its sums in registers through one loop over the depth; all addresses step by constants (the stride of the rows is
 * a constant of the class), which is what C2 compiles well. What follows the sum is the same for every layer: without a residual
 * zeros are added, without an activation the bounds are infinite. So layers share a tile, and HotSpot compiles it once. A tile
 * that reaches past the last pixel computes what it finds there and stores it to the spare pixel.
 *
 * @param rowFloats from a matrix row to the next
 * @param hasCeiling whether results are bounded above, too
 * @see <a href="https://dl.acm.org/doi/10.1145/1356052.1356053">Goto and van de Geijn, Anatomy of High-Performance Matrix
 *      Multiplication</a>
 */
public record ProductKernel(int rowFloats, boolean hasCeiling) implements Kernel {

    @Override
    public String name() {
        return "multiply" + suffix();
    }

    private String suffix() {
        return rowFloats + (hasCeiling ? "Clamped" : "");
    }

    private Signature multiply() {
        return Signature
                .of(name(),
                        "Multiplies the matrix rows of the pixels from first to before last, " + rowFloats
                                + " floats apart, with panels of weights.")
                .withFrame()
                .with(Product.class, "product").withAll(int.class, "firstPixel", "lastPixel", "part");
    }

    private Signature tile() {
        return Signature
                .of("multiplyTile" + suffix(),
                        "A few rows times a few vectors of columns, with all that follows the sum.")
                .withSegment("rows")
                .with(long.class, "row").withSegment("constants").withAll(long.class, "weights", "bias")
                .with(int.class, "depth").withSegment("target")
                .withAll(long.class, "output", "outputPixels").withSegment("added")
                .withAll(long.class, "residual", "residualPixels")
                .withAll(float.class, "floor", "ceiling");
    }

    @Override
    public MethodSpec declaration() {
        return multiply().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(multiply().implementation(panels(width)), tile().helper(tileBody(width)));
    }

    private CodeBlock panels(VectorWidth width) {
        boolean wholePanel = width.tileVectors() == width.vectorsOfBlock();
        String call =
                """
                        multiplyTile$suffix:L(rows, row, constants, weights$column:L, bias$column:L, product.depth(), arena,
                                output$column:L, outputPixels, added, residual$column:L, residualPixels, product.floor(),
                                product.ceiling());
                        """;
        String calls = wholePanel ? call.indent(8) : """
                        for (long column = 0; column < PIXEL_BYTES; column += $tileBytes:L) {
                """ + call.indent(12) + """
                        }
                """;
        return Template.fill("""
                $memorySegment:T rows = frame.rows(part);
                $memorySegment:T constants = frame.constants();
                $memorySegment:T arena = frame.arena();
                boolean adds = product.residual() != null;
                $memorySegment:T added = adds ? arena : constants;
                for (int panel = 0; panel < product.panelCount(); panel++) {
                    int block = product.firstPanel() + panel;
                    long weights = product.panels() + panel * product.depth() * PIXEL_BYTES;
                    long bias = product.bias() + panel * PIXEL_BYTES;
                    long output = product.output().origin(block);
                    long residual = adds ? product.residual().origin(block) : product.residualPixels();
                    for (int pixel = firstPixel; pixel < lastPixel; pixel += $tilePixels:L) {
                        long row = (pixel - firstPixel) * $rowBytes:LL;
                        long outputPixels = product.outputPixels() + pixel * 4L;
                        long residualPixels = adds ? product.residualPixels() + pixel * 4L : product.residualPixels();
                """ + calls + """
                    }
                }
                """, "tilePixels", width.tilePixels(), "tileBytes", width.tileVectors() * width.bytes(), "suffix",
                suffix(),
                "rowBytes", rowFloats * Float.BYTES, "column",
                wholePanel ? "" : " + column");
    }

    /*-
     * FloatVector sum0_0 = FloatVector.zero(SPECIES); ...
     * for (int k = 0; k < depth; k++) {
     *     FloatVector weight0 = FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER); ...
     *     FloatVector value0 = FloatVector.broadcast(SPECIES, rows.get(FLOAT, row));
     *     sum0_0 = value0.fma(weight0, sum0_0); ...
     *     row += 4;
     *     weights += PIXEL_BYTES;
     * }
     * FloatVector bias0 = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER); ...
     * long to0 = output + constants.get(INT, outputPixels); ...
     * sum0_0.add(bias0).add(FloatVector.fromMemorySegment(SPECIES, added, from0, ORDER)).max(floor).min(ceiling).intoMemorySegment(...); ...
     */
    private CodeBlock tileBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int i = 0; i < width.tilePixels(); i++) {
            for (int j = 0; j < width.tileVectors(); j++) {
                code.add(
                        Template.fill("$floatVector:T sum$i:L_$j:L = $floatVector:T.zero(SPECIES);\n", "i", i, "j", j));
            }
        }
        code.beginControlFlow("for (int k = 0; k < depth; k++)").add(oneStep(width)).endControlFlow();
        for (int j = 0; j < width.tileVectors(); j++) {
            code.add(Template.fill(
                    "$floatVector:T bias$j:L = $floatVector:T.fromMemorySegment(SPECIES, constants, bias$at:L, ORDER);\n",
                    "j", j, "at",
                    plus(j * width.bytes())));
        }
        code.add(Template.fill("$floatVector:T least = $floatVector:T.broadcast(SPECIES, floor);\n"));
        for (int i = 0; i < width.tilePixels(); i++) {
            code.add(store(width, i));
        }
        return code.build();
    }

    private CodeBlock oneStep(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int j = 0; j < width.tileVectors(); j++) {
            code.add(Template.fill(
                    "$floatVector:T weight$j:L = $floatVector:T.fromMemorySegment(SPECIES, constants, weights$at:L, ORDER);\n",
                    "j", j, "at",
                    plus(j * width.bytes())));
        }
        for (int i = 0; i < width.tilePixels(); i++) {
            String at = plus(i * rowFloats * Float.BYTES);
            code.add(Template.fill(
                    "$floatVector:T value$i:L = $floatVector:T.broadcast(SPECIES, rows.get(FLOAT, row$at:L));\n", "i",
                    i, "at", at));
            for (int j = 0; j < width.tileVectors(); j++) {
                code.add(Template.fill("sum$i:L_$j:L = value$i:L.fma(weight$j:L, sum$i:L_$j:L);\n", "i", i, "j", j));
            }
        }
        return code.add("row += 4;\nweights += PIXEL_BYTES;\n").build();
    }

    private CodeBlock store(VectorWidth width, int i) {
        CodeBlock.Builder code = CodeBlock.builder().add(Template.fill("""
                long to$i:L = output + constants.get(INT, outputPixels$at:L);
                long from$i:L = residual + constants.get(INT, residualPixels$at:L);
                """, "i", i, "at", plus(i * 4)));
        for (int j = 0; j < width.tileVectors(); j++) {
            code.add(Template.fill(
                    """
                            sum$i:L_$j:L = sum$i:L_$j:L.add(bias$j:L).add($floatVector:T.fromMemorySegment(SPECIES, added, from$i:L$at:L, ORDER));
                            sum$i:L_$j:L.blend(least, sum$i:L_$j:L.lt(least))$ceiling:L.intoMemorySegment(target, to$i:L$at:L, ORDER);
                            """,
                    "i", i, "j", j, "at", plus(j * width.bytes()), "ceiling", hasCeiling ? ".min(ceiling)" : ""));
        }
        return code.build();
    }

    static String plus(int bytes) {
        return bytes == 0 ? "" : " + " + bytes;
    }
}
