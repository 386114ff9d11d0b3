package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ChannelGroups;
import io.xceptionc.runtime.kernel.Product;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows times panels: {@code [pixels][depth] x [panel][strip][depth][16] -> [panel][pixels][32]}, tile by tile. Before
 * the first one meets new weights, a vector of each of their pages is read: the processor fetches ahead within a page
 * only, and so they are all under way at once. A tile that reaches past the last pixel computes what it finds there,
 * which goes to the spare pixel.
 *
 * @param rowFloats from a matrix row to the next
 * @param hasResidual whether something is added
 * @param ending the function that comes last
 * @param mixesGroups whether columns of several groups stand in a panel, with zeros for what they do not see: then sums
 *        that are no numbers are computed anew
 */
public record ProductKernel(int rowFloats, boolean hasResidual, Ending ending, boolean mixesGroups)
        implements Kernel {

    /** A tile's rows stay in the first-level cache for so many panels. */
    private static final int PANELS_OF_PASS = 2;

    @Override
    public String name() {
        return "multiply" + (mixesGroups ? "Groups" : "") + finish().suffix();
    }

    private FinishKernel finish() {
        return new FinishKernel(true, hasResidual, ending);
    }

    private Signature multiply() {
        Signature signature = Signature
                .of(name(),
                        "Multiplies the matrix rows of some pixels with some panels of weights, from first to before last.")
                .withFrame()
                .with(Product.class, "product");
        return (mixesGroups ? signature.with(ChannelGroups.class, "groups") : signature).withAll(int.class,
                "firstPixel",
                "lastPixel", "firstPanel", "lastPanel", "part");
    }

    private static Signature addUpTile() {
        return Signature
                .of("addUpTile", "Adds the sums of a tile up, so that one that is no number shows in the total.")
                .with(float[].class, "sums").withCount("count");
    }

    static Signature touchPages() {
        return Signature
                .of("touchPages", "Reads a vector of each page of weights, so that all of them are fetched at once.")
                .withSegment("constants").with(long.class, "weights").withCount("pages").with(float[].class, "sums");
    }

    private TileKernel tile() {
        return new TileKernel(rowFloats);
    }

    @Override
    public MethodSpec declaration() {
        return multiply().declaration();
    }

    @Override
    public List<Signature> loops() {
        return Stream.of(Stream.of(touchPages()), tile().loops(), Stream.of(addUpTile()).filter(_ -> mixesGroups),
                finish().loops()).flatMap(loops -> loops).toList();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return Stream
                .of(List.of(multiply().implementation(panels(width)), touchPages().loop(touchPagesBody())),
                        tile().methods(width),
                        mixesGroups ? List.of(addUpTile().loop(addUpTileBody(width))) : List.<MethodSpec>of(),
                        finish().methods(width))
                .flatMap(List::stream).toList();
    }

    /** In vectors, as the warm-up takes a loop for compiled when it no longer makes objects of them. */
    static CodeBlock touchPagesBody() {
        return Template.fill(
                """
                        $floatVector:T sum = $floatVector:T.zero(SPECIES);
                        for (int page = 0; page < pages; page++) {
                            sum = $floatVector:T.fromMemorySegment(SPECIES, constants, weights + page * $pageBytes:LL, ORDER).add(sum);
                        }
                        sum.intoArray(sums, 0);
                        """,
                "pageBytes", Product.PAGE_BYTES);
    }

    /*-
     * FloatVector total0 = FloatVector.fromArray(SPECIES, sums, 0); ...
     * total0 = FloatVector.fromArray(SPECIES, sums, 32).add(total0); ...
     * total1.add(total0).intoArray(sums, 512);
     */
    private static CodeBlock addUpTileBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder();
        int vectors = width.tilePixels() * width.vectorsOfBlock();
        for (int i = 0; i < vectors; i++) {
            code.add(Template.fill(i < 2
                    ? "$floatVector:T total$i:L = $floatVector:T.fromArray(SPECIES, sums, $at:L);\n"
                    : "total$i:L = $floatVector:T.fromArray(SPECIES, sums, $at:L).add(total$i:L);\n", "i", i % 2, "at",
                    i * width.lanes()));
        }
        return code.add("total1.add(total0).intoArray(sums, $L);\n", ChannelGroups.TOTAL).build();
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
        code.add(TileKernel.calls(width, "row", "0"));
        if (mixesGroups) {
            code.addStatement("addUpTile(sums, $L)", width.tilePixels())
                    .beginControlFlow("if ($T.lackNumber(sums, LANES))", ChannelGroups.class)
                    .addStatement("groups.sumAnew(frame, product, panel, row, $L, $L, part)", rowFloats,
                            width.tilePixels())
                    .endControlFlow();
        }
        return code.add(finish().calls(width, "pixel")).endControlFlow().endControlFlow().endControlFlow().build();
    }
}
