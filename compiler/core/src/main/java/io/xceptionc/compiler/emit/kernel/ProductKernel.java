package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows times panels: {@code [pixels][depth] x [panel][strip][depth][16] -> [panel][pixels][32]}, each sum in the order of depth, one
 * fused multiply-add at a time, so that no result depends on tile or vector width.
 *
 * <p>
 * A tile keeps its sums in registers through one loop over the depth; all addresses step by constants (the stride of the rows is a
 * constant of the class), which is what C2 compiles well. The sums then pass through an array that stays in the first-level cache,
 * so that the large loop knows nothing of what follows it: layers share it, and HotSpot compiles it once. Before the first tile
 * meets new weights, a number of each of their pages is read: the processor fetches ahead within a page only, and so they are all
 * under way at once. The last tile is a low one if that is enough. A tile that reaches past the last pixel computes what it finds
 * there, which goes to the spare pixel.
 *
 * @param rowFloats from a matrix row to the next
 * @param hasResidual whether something is added
 * @param hasCeiling whether results are bounded above, too
 * @see <a href="https://dl.acm.org/doi/10.1145/1356052.1356053">Goto and van de Geijn, Anatomy of High-Performance Matrix
 *      Multiplication</a>
 */
public record ProductKernel(int rowFloats, boolean hasResidual, boolean hasCeiling) implements Kernel {

    /** A tile's rows stay in the first-level cache for so many panels. */
    private static final int PANELS_OF_PASS = 2;

    @Override
    public String name() {
        return "multiply" + finish().suffix();
    }

    private FinishKernel finish() {
        return new FinishKernel(true, hasResidual, hasCeiling);
    }

    private Signature multiply() {
        return Signature
                .of(name(),
                        "Multiplies the matrix rows of some pixels with some panels of weights, from first to before last.")
                .withFrame()
                .with(Product.class, "product")
                .withAll(int.class, "firstPixel", "lastPixel", "firstPanel", "lastPanel", "part");
    }

    private static Signature touchPages() {
        return Signature
                .of("touchPages", "Reads a number of each page of weights, so that all of them are fetched at once.")
                .withSegment("constants").with(long.class, "weights").withCount("pages").with(float[].class, "sums");
    }

    private static String tileName(boolean low) {
        return low ? "multiplyLowTile" : "multiplyTile";
    }

    private static Signature tile(boolean low) {
        return Signature
                .of(tileName(low), (low ? "Fewer" : "A few") + " rows times a few vectors of columns.")
                .with(float[].class, "rows")
                .with(int.class, "row").withSegment("constants").with(long.class, "weights")
                .withCount("depth").with(float[].class, "sums").with(int.class, "column");
    }

    @Override
    public MethodSpec declaration() {
        return multiply().declaration();
    }

    @Override
    public List<Signature> loops() {
        return Stream.concat(Stream.of(touchPages(), tile(false), tile(true)), finish().loops()).toList();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return Stream.concat(Stream.of(multiply().implementation(panels(width)), touchPages().loop(touchPagesBody()),
                tile(false).loop(tileBody(width, width.tilePixels())),
                tile(true).loop(tileBody(width, width.lowTilePixels()))),
                finish().methods(width).stream()).toList();
    }

    private static CodeBlock touchPagesBody() {
        return Template.fill("""
                float sum = 0;
                for (int page = 0; page < pages; page++) {
                    sum += constants.get(FLOAT, weights + page * $pageBytes:LL);
                }
                sums[0] = sum;
                """, "pageBytes", Product.PAGE_BYTES);
    }

    private CodeBlock panels(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder().addStatement("float[] rows = frame.rows(part)")
                .addStatement("float[] sums = frame.sums(part)")
                .beginControlFlow("for (int first = firstPanel; first < lastPanel; first += $L)", PANELS_OF_PASS)
                .addStatement("int last = Math.min(first + $L, lastPanel)", PANELS_OF_PASS)
                .addStatement(
                        "touchPages(frame.constants(), product.weights(first), product.pages(last - first), sums)")
                .beginControlFlow("for (int pixel = firstPixel; pixel < lastPixel; pixel += $L)", width.tilePixels())
                .addStatement("int row = (pixel - firstPixel) * $L", rowFloats)
                .addStatement("boolean low = lastPixel - pixel <= $L", width.lowTilePixels())
                .beginControlFlow("for (int panel = first; panel < last; panel++)")
                .addStatement("long weights = product.weights(panel)");
        if (width.tileVectors() == width.vectorsOfBlock()) {
            code.add(highOrLow("weights, product.depth(), sums, 0"));
        } else {
            code.beginControlFlow("for (int column = 0; column < $L; column += $L)", ImageLayout.CHANNELS,
                    width.tileColumns())
                    .addStatement("long strip = weights + column / $1L * product.stripBytes() + column % $1L * 4L",
                            Product.STRIP_COLUMNS)
                    .add(highOrLow("strip, product.depth(), sums, column")).endControlFlow();
        }
        return code.add(finish().calls(width, "pixel")).endControlFlow().endControlFlow().endControlFlow().build();
    }

    private static CodeBlock highOrLow(String where) {
        return CodeBlock.builder().beginControlFlow("if (low)")
                .addStatement("$L(rows, row, frame.constants(), $L)", tileName(true), where).nextControlFlow("else")
                .addStatement("$L(rows, row, frame.constants(), $L)", tileName(false), where).endControlFlow().build();
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
