package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import io.xceptionc.runtime.kernel.Winograd;
import java.util.List;
import java.util.stream.Stream;

/**
 * Multiplies the matrix rows of squares with a panel of weights, component by component, and turns the sums {@code m}
 * into pixels, {@code activation(A^T m A + bias + residual)}. A component's weights stay in a cache for all tiles of
 * squares; their sums wait behind the rows, {@code [tile][component][square of the tile][32]}, until the panel's
 * components are complete.
 *
 * @param rowFloats from a matrix row to the next
 * @param hasResidual whether something is added
 * @param ending the function that comes last
 */
public record WinogradProductKernel(int rowFloats, boolean hasResidual, Ending ending) implements Kernel {

    private static final int SIDE = 4;

    private String suffix() {
        return (hasResidual ? "AndAdd" : "") + ending.suffix();
    }

    @Override
    public String name() {
        return "multiplySquares" + suffix();
    }

    private Signature multiply() {
        return Signature
                .of(name(),
                        "Multiplies the matrix rows of squares with some panels of weights, from first to before last.")
                .withFrame().with(Winograd.class, "winograd").with(Product.class, "product")
                .withAll(int.class, "firstSquare", "lastSquare", "firstPanel", "lastPanel", "part");
    }

    private Signature finish() {
        Signature signature = Signature
                .of("finishSquares" + suffix(), "One vector of channels of neighbouring squares.")
                .with(float[].class, "sums").with(int.class, "from").withSegment("constants").with(long.class, "bias")
                .withSegment("arena").with(long.class, "output").with(int[].class, "pixels").with(int.class, "pixel");
        if (hasResidual) {
            signature.with(long.class, "residual").with(int[].class, "residualPixels");
        }
        signature.withCount("count");
        return ending.isClamp()
                ? signature.withAll(float.class, "floor", "ceiling")
                : signature.with(float.class, "parameter");
    }

    @Override
    public MethodSpec declaration() {
        return multiply().declaration();
    }

    @Override
    public List<Signature> loops() {
        return Stream.of(Stream.of(ProductKernel.touchPages()), new TileKernel(rowFloats).loops(), Stream.of(finish()))
                .flatMap(loops -> loops).toList();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return Stream.of(List.of(multiply().implementation(panels(width)),
                ProductKernel.touchPages().loop(ProductKernel.touchPagesBody())),
                new TileKernel(rowFloats).methods(width), List.of(finish().loop(finishBody(width))))
                .flatMap(List::stream)
                .toList();
    }

    private CodeBlock panels(VectorWidth width) {
        return CodeBlock.builder().addStatement("float[] rows = frame.rows(part)")
                .addStatement("int squares = lastSquare - firstSquare")
                .add("// The sums lie behind the rows.\n").addStatement("float[] sums = rows")
                .addStatement("int firstSum = (squares + $L) * $L", Frame.LARGEST_TILE, rowFloats)
                .beginControlFlow("for (int panel = firstPanel; panel < lastPanel; panel++)").add(components(width))
                .add(squares(width)).endControlFlow().build();
    }

    private CodeBlock components(VectorWidth width) {
        return CodeBlock.builder()
                .beginControlFlow("for (int component = 0; component < $L; component++)", Winograd.COMPONENTS)
                .addStatement("long weights = product.weights(panel * $L + component)", Winograd.COMPONENTS)
                .addStatement("touchPages(frame.constants(), weights, product.pages(1), frame.sums(part))")
                .addStatement("int sum = firstSum + component * $L", componentSums(width))
                .beginControlFlow("for (int square = 0; square < squares; square += $L)", width.tilePixels())
                .addStatement("boolean low = squares - square <= $L", width.lowTilePixels())
                .addStatement("int row = square * $L + component * winograd.componentFloats()", rowFloats)
                .add(TileKernel.calls(width, "row", "sum"))
                .addStatement("sum += $L", Winograd.COMPONENTS * componentSums(width)).endControlFlow()
                .endControlFlow().build();
    }

    private CodeBlock squares(VectorWidth width) {
        return CodeBlock.builder()
                .beginControlFlow("for (int square = 0; square < squares; square += $L)", width.tilePixels())
                .addStatement("int sum = firstSum + square * $L", Winograd.COMPONENTS * ImageLayout.CHANNELS)
                .addStatement("int count = $T.min(squares - square, $L)", Math.class, width.tilePixels())
                .beginControlFlow("for (int lane = 0; lane < $L; lane += LANES)", ImageLayout.CHANNELS)
                .addStatement("finishSquares$L(sums, sum + lane, frame.constants(), product.bias(panel) + lane * 4L,$W"
                        + "frame.arena(), product.output(panel) + lane * 4L,$Wwinograd.squarePixels(),$W"
                        + "(firstSquare + square) * $L,$W"
                        + (hasResidual ? "product.residual(panel) + lane * 4L,$Wwinograd.residualPixels(),$W" : "")
                        + "count, $L)", suffix(), Winograd.SQUARE_PIXELS,
                        ending.isClamp() ? "product.floor(), product.ceiling()" : "product.parameter()")
                .endControlFlow().endControlFlow().build();
    }

    /** From the sums of one component of a tile to those of the next. */
    private static int componentSums(VectorWidth width) {
        return width.tilePixels() * ImageLayout.CHANNELS;
    }

    /*-
     * for (int i = 0; i < count; i++) {
     *     FloatVector sum0 = FloatVector.fromArray(SPECIES, sums, from); ...
     *     sum5 = sum5.add(start);                                          which every pixel is made of
     *     FloatVector upper0 = sum0.add(sum4).add(sum8);                   A^T m
     *     FloatVector lower0 = sum4.sub(sum8).sum(sum12); ...
     *     FloatVector pixel0 = upper0.add(upper1).add(upper2);             A^T m A
     *     FloatVector pixel1 = upper1.sub(upper2).sub(upper3); ...
     *     pixel0.blend(least, pixel0.lt(least)).intoMemorySegment(arena, output + pixels[pixel], ORDER); ...
     * }
     */
    private CodeBlock finishBody(VectorWidth width) {
        CodeBlock.Builder code = CodeBlock.builder().add(Template.fill("""
                $floatVector:T start = $floatVector:T.fromMemorySegment(SPECIES, constants, bias, ORDER);
                """));
        if (ending.isClamp()) {
            code.add(Template.fill("$floatVector:T least = $floatVector:T.broadcast(SPECIES, floor);\n"));
        }
        if (ending.hasCeiling()) {
            code.add(Template.fill("$floatVector:T most = $floatVector:T.broadcast(SPECIES, ceiling);\n"));
        }
        code.beginControlFlow("for (int i = 0; i < count; i++)");
        for (int component = 0; component < Winograd.COMPONENTS; component++) {
            code.add(Template.fill("$floatVector:T sum$i:L = $floatVector:T.fromArray(SPECIES, sums, from$at:L);\n",
                    "i", component, "at", Template.plus(component * componentSums(width))));
        }
        code.add("sum5 = sum5.add(start);\n");
        for (int x = 0; x < SIDE; x++) {
            code.add(Template.fill("""
                    $floatVector:T upper$x:L = sum$a:L.add(sum$b:L).add(sum$c:L);
                    $floatVector:T lower$x:L = sum$b:L.sub(sum$c:L).sub(sum$d:L);
                    """, "x", x, "a", x, "b", SIDE + x, "c", 2 * SIDE + x, "d", 3 * SIDE + x));
        }
        code.add(pixels("upper", 0)).add(pixels("lower", 2));
        return code.add("from += $L;\npixel += $L;\n", ImageLayout.CHANNELS, Winograd.SQUARE_PIXELS).endControlFlow()
                .build();
    }

    private CodeBlock pixels(String row, int first) {
        return CodeBlock.builder()
                .add(Template.fill("""
                        $floatVector:T pixel$first:L = $row:L0.add($row:L1).add($row:L2);
                        $floatVector:T pixel$second:L = $row:L1.sub($row:L2).sub($row:L3);
                        """, "row", row, "first", first, "second", first + 1))
                .add(store(first)).add(store(first + 1)).build();
    }

    private CodeBlock store(int pixel) {
        return CodeBlock.builder().add(hasResidual ? addResidual(pixel) : CodeBlock.of(""))
                .add(ending.isClamp() ? storeClamped(pixel) : storeFunction(pixel)).build();
    }

    private static CodeBlock addResidual(int pixel) {
        return Template.fill(
                """
                        $value:L = $floatVector:T.fromMemorySegment(SPECIES, arena, residual + residualPixels[pixel$at:L], ORDER)
                                .add($value:L);
                        """,
                "value", "pixel" + pixel, "at", Template.plus(pixel));
    }

    private CodeBlock storeFunction(int pixel) {
        return CodeBlock.builder().add("{\n$>")
                .add(Template.fill("$floatVector:T x = pixel$pixel:L;\n", "pixel", pixel))
                .add(ending.formula())
                .add("y.intoMemorySegment(arena, output + pixels[pixel$L], ORDER);\n$<}\n", Template.plus(pixel))
                .build();
    }

    private CodeBlock storeClamped(int pixel) {
        String bounded = ending.hasCeiling() ? "$value:L = $value:L.blend(most, most.lt($value:L));\n" : "";
        return Template.fill(bounded
                + "$value:L.blend(least, $value:L.lt(least)).intoMemorySegment(arena, output + pixels[pixel$at:L], ORDER);\n",
                "value", "pixel" + pixel, "at", Template.plus(pixel));
    }
}
