package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import java.util.List;

/**
 * A vector times panels: {@code [depth] x [panel][depth][32] -> [panel][32]}, each sum in the order of depth; all vectors of a
 * panel at once, as one sum alone would wait for its own additions.
 */
public record DenseKernel() implements Kernel {

    @Override
    public String name() {
        return "dense";
    }

    private Signature dense() {
        return Signature.of(name(), "Multiplies a vector with the panels from first to before last.").withFrame()
                .with(ImageLayout.class, "input")
                .with(Product.class, "product").withAll(int.class, "firstPanel", "lastPanel");
    }

    private static Signature panel() {
        return Signature.of("densePanel", "A vector times one panel.").withSegment("arena").with(long.class, "input")
                .withSegment("constants")
                .withAll(long.class, "weights", "bias").with(int.class, "depth").with(long.class, "output")
                .withSegment("added")
                .with(long.class, "residual").withAll(float.class, "floor", "ceiling");
    }

    @Override
    public MethodSpec declaration() {
        return dense().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(
                dense().implementation(Template
                        .fill("""
                                boolean adds = product.residual() != null;
                                for (int panel = firstPanel; panel < lastPanel; panel++) {
                                    long weights = product.panels() + panel * product.depth() * PIXEL_BYTES;
                                    long bias = product.bias() + panel * PIXEL_BYTES;
                                    long residual = adds ? product.residual().origin(panel) : product.residualPixels();
                                    densePanel(frame.arena(), input.origin(0), frame.constants(), weights, bias, product.depth(),
                                            product.output().origin(panel), adds ? frame.arena() : frame.constants(), residual,
                                            product.floor(), product.ceiling());
                                }
                                """)),
                panel().helper(panelBody(width)));
    }

    private static CodeBlock panelBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int j = 0; j < width.vectorsOfBlock(); j++) {
            code.add(Template.fill("$floatVector:T sum$j:L = $floatVector:T.zero(SPECIES);\n", "j", j));
        }
        code.beginControlFlow("for (int k = 0; k < depth; k++)");
        code.add(Template.fill("$floatVector:T value = $floatVector:T.broadcast(SPECIES, arena.get(FLOAT, input));\n"));
        for (int j = 0; j < width.vectorsOfBlock(); j++) {
            code.add(Template.fill(
                    "sum$j:L = value.fma($floatVector:T.fromMemorySegment(SPECIES, constants, weights$at:L, ORDER), sum$j:L);\n",
                    "j", j, "at",
                    ProductKernel.plus(j * width.bytes())));
        }
        code.add("input += 4;\nweights += PIXEL_BYTES;\n").endControlFlow();
        for (int j = 0; j < width.vectorsOfBlock(); j++) {
            code.add(Template.fill(
                    """
                            sum$j:L.add($floatVector:T.fromMemorySegment(SPECIES, constants, bias$at:L, ORDER))
                                    .add($floatVector:T.fromMemorySegment(SPECIES, added, residual$at:L, ORDER)).max(floor).min(ceiling)
                                    .intoMemorySegment(arena, output$at:L, ORDER);
                            """,
                    "j", j, "at", ProductKernel.plus(j * width.bytes())));
        }
        return code.build();
    }
}
