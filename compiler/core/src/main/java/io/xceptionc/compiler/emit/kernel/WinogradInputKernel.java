package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Winograd;
import java.util.List;

/**
 * Turns the inputs under squares into the matrix rows of a convolution by minimal filtering, {@code
 * [square][component][channels]}, {@code B^T d B} with the 4 x 4 inputs {@code d}. Channels are the axis of vectors.
 * Squares that are neighbours share two columns, which are carried along.
 *
 * @param rowFloats from a matrix row to the next
 * @param componentFloats from a component of a row to the next; a constant, as C2 checks the bounds of all 16 at once
 *        then
 * @param rectifies whether negative inputs are taken as zero
 */
public record WinogradInputKernel(int rowFloats, int componentFloats, boolean rectifies) implements Kernel {

    private static final int SIDE = 4;

    @Override
    public String name() {
        return "transform" + (rectifies ? "Rectified" : "") + "Squares" + componentFloats;
    }

    private Signature transform() {
        return Signature
                .of(name(), "Fills the matrix rows of squares from first to before last with what their inputs become.")
                .withFrame().with(Winograd.class, "winograd")
                .withAll(int.class, "firstSquare", "lastSquare", "part");
    }

    private Signature run() {
        return Signature.of(name() + "Run", "One vector of channels of neighbouring squares.").withSegment("arena")
                .withAll(long.class, "source", "rowStep").with(float[].class, "rows")
                .with(int.class, "to").withCount("count");
    }

    @Override
    public MethodSpec declaration() {
        return transform().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(run());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(transform().implementation(squares()), run().loop(runBody()));
    }

    private CodeBlock squares() {
        return Template.fill("""
                $imageLayout:T input = winograd.input();
                int width = winograd.squaresOfRow();
                for (int square = firstSquare; square < lastSquare;) {
                    int y = square / width;
                    int x = square % width;
                    int count = $math:T.min(width - x, lastSquare - square);
                    for (int block = 0; block < input.blockCount(); block++) {
                        long source = winograd.source(block, y, x);
                        int to = (square - firstSquare) * $rowFloats:L + block * $channels:L;
                        for (int lane = 0; lane < $channels:L; lane += LANES) {
                            $run:L(frame.arena(), source + lane * 4L, input.rowBytes(),
                                    frame.rows(part), to + lane, count);
                        }
                    }
                    square += count;
                }
                """, "rowFloats", rowFloats, "channels", ImageLayout.CHANNELS, "run", name() + "Run");
    }

    /*-
     * FloatVector value0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER); ...
     * FloatVector first0 = value0.sub(value2); ...                         B^T d, its first column
     * source += PIXEL_BYTES; ...                                           its second column
     * for (int i = 0; i < count; i++) {
     *     source += PIXEL_BYTES; ...                                       its third and fourth columns
     *     first0.sub(third0).intoArray(rows, to); ...                      B^T d B
     *     first0 = third0;
     *     second0 = fourth0; ...
     *     to += 1568;
     * }
     */
    private CodeBlock runBody() {
        CodeBlock.Builder code = CodeBlock.builder();
        if (rectifies) {
            code.add(Template.fill("$floatVector:T least = $floatVector:T.zero(SPECIES);\n"));
        }
        code.add(loadColumn("FloatVector ")).add(column("first"));
        code.add("source += PIXEL_BYTES;\n").add(loadColumn("")).add(column("second"));
        code.beginControlFlow("for (int i = 0; i < count; i++)");
        code.add("source += PIXEL_BYTES;\n").add(loadColumn("")).add(column("third"));
        code.add("source += PIXEL_BYTES;\n").add(loadColumn("")).add(column("fourth"));
        for (int y = 0; y < SIDE; y++) {
            code.add(components(y));
        }
        return code.add("to += $L;\n", rowFloats).endControlFlow().build();
    }

    private CodeBlock loadColumn(String type) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int y = 0; y < SIDE; y++) {
            code.add(Template.fill(
                    "$type:Lvalue$y:L = $floatVector:T.fromMemorySegment(SPECIES, arena, source$at:L, ORDER);\n"
                            + (rectifies ? "value$y:L = value$y:L.blend(least, value$y:L.lt(least));\n" : ""),
                    "type", type, "y", y, "at", Template.plus(y, "rowStep")));
        }
        return code.build();
    }

    private static CodeBlock column(String name) {
        return Template.fill("""
                $floatVector:T $name:L0 = value0.sub(value2);
                $floatVector:T $name:L1 = value1.add(value2);
                $floatVector:T $name:L2 = value2.sub(value1);
                $floatVector:T $name:L3 = value1.sub(value3);
                """, "name", name);
    }

    private CodeBlock components(int y) {
        return Template.fill("""
                first$y:L.sub(third$y:L).intoArray(rows, to$at0:L);
                second$y:L.add(third$y:L).intoArray(rows, to$at1:L);
                third$y:L.sub(second$y:L).intoArray(rows, to$at2:L);
                second$y:L.sub(fourth$y:L).intoArray(rows, to$at3:L);
                first$y:L = third$y:L;
                second$y:L = fourth$y:L;
                """, "y", y, "at0", component(SIDE * y), "at1", component(SIDE * y + 1), "at2", component(SIDE * y + 2),
                "at3", component(SIDE * y + 3));
    }

    private String component(int index) {
        return Template.plus(index * componentFloats);
    }
}
