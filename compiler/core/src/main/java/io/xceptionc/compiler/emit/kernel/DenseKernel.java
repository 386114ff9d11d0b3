package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A vector times panels: {@code [depth] x [panel][strip][depth][16] -> [panel][32]}, all vectors of a panel at once, as
 * one sum alone would wait for its own additions. A vector may be long where an image was flattened, so its sum is one
 * of partial sums, each in the order of depth, and rounding does not add up. What follows the sums is what follows
 * those of a product.
 *
 * @param hasResidual whether something is added
 * @param ending the function that comes last
 */
public record DenseKernel(boolean hasResidual, Ending ending) implements Kernel {

    /** The terms of a partial sum: long enough that the calls do not count. */
    private static final int TERMS = 512;

    @Override
    public String name() {
        return "dense" + finish().suffix();
    }

    private FinishKernel finish() {
        return new FinishKernel(false, hasResidual, ending);
    }

    private Signature dense() {
        return Signature.of(name(), "Multiplies a vector with the panels from first to before last.").withFrame()
                .with(ImageLayout.class, "input")
                .with(Product.class, "product").withAll(int.class, "firstPanel", "lastPanel", "part");
    }

    private static Signature panel() {
        return Signature.of("densePanel", "Adds a part of a vector times one panel to the sums.").withSegment("arena")
                .with(long.class, "input").withSegment("constants").withAll(long.class, "weights", "secondStrip")
                .withCount("depth").with(float[].class, "sums");
    }

    @Override
    public MethodSpec declaration() {
        return dense().declaration();
    }

    @Override
    public List<Signature> loops() {
        return Stream.concat(Stream.of(panel()), finish().loops()).toList();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return Stream.concat(Stream.of(dense().implementation(panels(width)), panel().loop(panelBody(width))),
                finish().methods(width).stream()).toList();
    }

    private CodeBlock panels(VectorWidth width) {
        return CodeBlock.builder().addStatement("float[] sums = frame.sums(part)")
                .beginControlFlow("for (int panel = firstPanel; panel < lastPanel; panel++)")
                .addStatement("$T.fill(sums, 0, $L, 0)", Arrays.class, ImageLayout.CHANNELS)
                .addStatement("long weights = product.weights(panel)")
                .beginControlFlow("for (int k = 0; k < product.depth(); k += $L)", TERMS)
                .addStatement("long strip = weights + k * STRIP_BYTES")
                .addStatement("densePanel(frame.arena(), input.origin(0) + k * 4L, frame.constants(), strip,$W"
                        + "strip + product.stripBytes(), Math.min($L, product.depth() - k), sums)", TERMS)
                .endControlFlow().add(finish().calls(width, "0")).endControlFlow().build();
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
                    "sum$j:L = value.fma($floatVector:T.fromMemorySegment(SPECIES, constants, $at:L, ORDER), sum$j:L);\n",
                    "j", j, "at",
                    TileKernel.weights(width, j)));
        }
        code.add("input += 4;\nweights += STRIP_BYTES;\nsecondStrip += STRIP_BYTES;\n").endControlFlow();
        for (int j = 0; j < width.vectorsOfBlock(); j++) {
            code.add(Template.fill(
                    "sum$j:L.add($floatVector:T.fromArray(SPECIES, sums, $at:L)).intoArray(sums, $at:L);\n",
                    "j", j, "at", j * width.lanes()));
        }
        return code.build();
    }
}
