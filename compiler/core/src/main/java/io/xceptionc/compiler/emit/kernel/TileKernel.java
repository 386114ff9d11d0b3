package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some rows times the columns of a panel, {@code [pixels][depth] x [strip][depth][16]}, each sum in the order of depth,
 * one fused multiply-add at a time, so that no result depends on tile or vector width.
 *
 * <p> A tile keeps its sums in registers through one loop over the depth; all addresses step by constants (the stride
 * of the rows is a constant of the class), which is what C2 compiles well. The sums then pass through an array that
 * stays in the first-level cache, so that the large loop knows nothing of what follows it: layers share it, and HotSpot
 * compiles it once. A low tile is for the last rows, if it is enough for them.
 *
 * @param rowFloats from a matrix row to the next
 * @see <a href="https://dl.acm.org/doi/10.1145/1356052.1356053">Goto and van de Geijn, Anatomy of High-Performance Matrix
 *      Multiplication</a>
 */
record TileKernel(int rowFloats) {

    private static String name(boolean low) {
        return low ? "multiplyLowTile" : "multiplyTile";
    }

    private static Signature tile(boolean low) {
        return Signature
                .of(name(low), (low ? "Fewer" : "A few") + " rows times a few vectors of columns.")
                .with(float[].class, "rows")
                .with(int.class, "row").withSegment("constants").with(long.class, "weights")
                .withCount("depth").with(float[].class, "sums").with(int.class, "column");
    }

    Stream<Signature> loops() {
        return Stream.of(tile(false), tile(true));
    }

    List<MethodSpec> methods(VectorWidth width) {
        return List.of(tile(false).loop(tileBody(width, width.tilePixels())),
                tile(true).loop(tileBody(width, width.lowTilePixels())));
    }

    /**
     * The statements for a panel of a product, a low tile where {@code low} is true.
     *
     * @param row where in the rows the first one begins
     * @param sums where in the sums they begin
     */
    static CodeBlock calls(VectorWidth width, String row, String sums) {
        if (width.tileVectors() == width.vectorsOfBlock()) {
            return highOrLow(row, "weights", sums);
        }
        String column = sums.equals("0") ? "column" : sums + " + column";
        return CodeBlock.builder()
                .beginControlFlow("for (int column = 0; column < $L; column += $L)", ImageLayout.CHANNELS,
                        width.tileColumns())
                .addStatement("long strip = weights + column / $1L * product.stripBytes() + column % $1L * 4L",
                        Product.STRIP_COLUMNS)
                .add(highOrLow(row, "strip", column)).endControlFlow().build();
    }

    private static CodeBlock highOrLow(String row, String weights, String column) {
        String call = "$L(rows, $L, frame.constants(), $L, product.depth(), sums, $L)";
        return CodeBlock.builder().beginControlFlow("if (low)")
                .addStatement(call, name(true), row, weights, column).nextControlFlow("else")
                .addStatement(call, name(false), row, weights, column).endControlFlow().build();
    }

    /*-
     * FloatVector sum0_0 = FloatVector.zero(SPECIES); ...
     * for (int k = 0; k < depth; k++) {
     *     FloatVector weight0 = FloatVector.fromMemorySegment(SPECIES, constants, weights, ORDER);
     *     FloatVector weight1 = FloatVector.fromMemorySegment(SPECIES, constants, secondStrip, ORDER);
     *     FloatVector value0 = FloatVector.broadcast(SPECIES, rows[row]);
     *     sum0_0 = value0.fma(weight0, sum0_0); ...
     *     row++;
     *     weights += STRIP_BYTES;
     *     secondStrip += STRIP_BYTES;
     * }
     * sum0_0.intoArray(sums, column); ...
     */
    private CodeBlock tileBody(VectorWidth width, int pixels) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int i = 0; i < pixels; i++) {
            for (int j = 0; j < width.tileVectors(); j++) {
                code.add(
                        Template.fill("$floatVector:T sum$i:L_$j:L = $floatVector:T.zero(SPECIES);\n", "i", i, "j", j));
            }
        }
        if (width.tileColumns() > Product.STRIP_COLUMNS) {
            code.add("long secondStrip = weights + depth * STRIP_BYTES;\n");
        }
        code.beginControlFlow("for (int k = 0; k < depth; k++)").add(oneStep(width, pixels)).endControlFlow();
        for (int i = 0; i < pixels; i++) {
            for (int j = 0; j < width.tileVectors(); j++) {
                int at = i * ImageLayout.CHANNELS + j * width.lanes();
                code.add(Template.fill("sum$i:L_$j:L.intoArray(sums, column$at:L);\n", "i", i, "j", j, "at",
                        Template.plus(at)));
            }
        }
        return code.build();
    }

    private CodeBlock oneStep(VectorWidth width, int pixels) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int j = 0; j < width.tileVectors(); j++) {
            code.add(Template.fill(
                    "$floatVector:T weight$j:L = $floatVector:T.fromMemorySegment(SPECIES, constants, $at:L, ORDER);\n",
                    "j", j, "at", weights(width, j)));
        }
        for (int i = 0; i < pixels; i++) {
            code.add(Template.fill(
                    "$floatVector:T value$i:L = $floatVector:T.broadcast(SPECIES, rows[row$at:L]);\n", "i",
                    i, "at", Template.plus(i * rowFloats)));
            for (int j = 0; j < width.tileVectors(); j++) {
                code.add(Template.fill("sum$i:L_$j:L = value$i:L.fma(weight$j:L, sum$i:L_$j:L);\n", "i", i, "j", j));
            }
        }
        code.add("row++;\nweights += STRIP_BYTES;\n");
        return (width.tileColumns() > Product.STRIP_COLUMNS ? code.add("secondStrip += STRIP_BYTES;\n") : code).build();
    }

    /** Where a row's j-th vector of weights lies. */
    static String weights(VectorWidth width, int j) {
        int column = j * width.lanes();
        return (column < Product.STRIP_COLUMNS ? "weights" : "secondStrip")
                + Template.plus(column % Product.STRIP_COLUMNS * Float.BYTES);
    }
}
