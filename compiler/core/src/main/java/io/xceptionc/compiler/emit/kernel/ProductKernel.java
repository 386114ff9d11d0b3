package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.Product;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows times panels: {@code [pixels][depth] x [panel][strip][depth][16] -> [panel][pixels][32]}, tile by tile. Before the first one
 * meets new weights, a vector of each of their pages is read: the processor fetches ahead within a page only, and so they are all
 * under way at once. A tile that reaches past the last pixel computes what it finds there, which goes to the spare pixel.
 *
 * @param rowFloats from a matrix row to the next
 * @param hasResidual whether something is added
 * @param hasCeiling whether results are bounded above, too
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
        return Stream.of(Stream.of(touchPages()), tile().loops(), finish().loops()).flatMap(loops -> loops).toList();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return Stream
                .of(List.of(multiply().implementation(panels(width)), touchPages().loop(touchPagesBody())),
                        tile().methods(width), finish().methods(width))
                .flatMap(List::stream).toList();
    }

    /** In vectors, as the warm-up takes a loop for compiled when it no longer makes objects of them. */
    private static CodeBlock touchPagesBody() {
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
        return code.add(finish().calls(width, "pixel")).endControlFlow().endControlFlow().endControlFlow().build();
    }
}
