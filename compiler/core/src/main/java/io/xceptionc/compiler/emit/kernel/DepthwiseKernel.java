package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * A depthwise convolution with channels as the axis of vectors, {@code y = clamp(sum over taps of kernel * max(x, inputFloor) +
 * bias)}, the sum column by column, that of a window too large to be written out a sum of its columns' sums. It writes either matrix rows for the product that follows, {@code [pixel][channels]}, or an
 * image.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param slides whether the window moves by one undilated pixel and is three wide: then the sums of the columns it has seen are
 *        carried along, and each input is loaded once for a row of results
 * @param clamps whether the result is bounded
 * @param rowFloats from a matrix row to the next; 0 if it writes an image
 */
public record DepthwiseKernel(int kernelHeight, int kernelWidth, boolean slides, boolean clamps, int rowFloats)
        implements Kernel {

    private static final int MOST_UNROLLED_TAPS = 49;

    @Override
    public String name() {
        return "depthwise" + shape();
    }

    private boolean toImage() {
        return rowFloats == 0;
    }

    private String shape() {
        return kernelHeight + "x" + kernelWidth + (slides ? "Sliding" : "") + suffix();
    }

    private String suffix() {
        return (clamps ? "Clamped" : "") + (toImage() ? "ToImage" : "");
    }

    /** Large windows of all sizes share a loop. */
    private String loopName() {
        return "run" + (unrolled() ? shape() : "AnySize" + suffix());
    }

    private Signature driver() {
        Signature signature = Signature.of(name(), "Depthwise convolution of the pixels from first to before last, to "
                + (toImage() ? "an image." : "matrix rows.")).withFrame().with(Depthwise.class, "depthwise");
        return (toImage() ? signature.with(ImageLayout.class, "output") : signature).withAll(int.class, "firstPixel",
                "lastPixel", "part");
    }

    private Signature run() {
        Signature signature =
                Signature.of(loopName(), "One vector of channels of neighbouring pixels.").withSegment("arena")
                        .with(long.class, "source")
                        .withAll(long.class, "rowStep", "columnStep", "step").withSegment("constants")
                        .withAll(long.class, "taps", "bias");
        Signature counted = (toImage()
                ? signature.with(long.class, "to")
                : signature.with(float[].class, "rows").with(int.class, "to")).withCount("count");
        return (unrolled() ? counted : counted.withExtent("kernelHeight").withExtent("kernelWidth"))
                .withAll(float.class, "inputFloor", "floor", "ceiling");
    }

    /** Whether the taps are written out. Where they are not, the loop is told how many there are, so that a warm-up has few. */
    private boolean unrolled() {
        return slides || kernelHeight * kernelWidth <= MOST_UNROLLED_TAPS;
    }

    @Override
    public MethodSpec declaration() {
        return driver().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(run());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        MethodSpec driver = driver().implementation(driverBody());
        return List.of(driver,
                run().loop(slides ? slidingBody() : unrolled() ? unrolledBody() : loopBody()));
    }

    private CodeBlock driverBody() {
        String target = toImage()
                ? "long to = output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES;"
                : "int to = (pixel - firstPixel) * " + rowFloats + " + block * " + ImageLayout.CHANNELS + ";";
        return Template.fill(
                """
                        $imageLayout:T input = depthwise.input();
                        int width = depthwise.outputWidth();
                        for (int pixel = firstPixel; pixel < lastPixel;) {
                            int y = pixel / width;
                            int x = pixel % width;
                            int count = Math.min(width - x, lastPixel - pixel);
                            for (int block = 0; block < input.blockCount(); block++) {
                                long source = depthwise.source(block, y, x);
                                long taps = depthwise.taps() + block * $tapCount:L * PIXEL_BYTES;
                                long bias = depthwise.bias() + block * PIXEL_BYTES;
                                $target:L
                                for (int lane = 0; lane < $channels:L; lane += LANES) {
                                    long laneBytes = lane * 4L;
                                    $loop:L(frame.arena(), source + laneBytes,
                                            depthwise.dilationHeight() * input.rowBytes(),
                                            depthwise.dilationWidth() * PIXEL_BYTES, depthwise.strideWidth() * PIXEL_BYTES,
                                            frame.constants(), taps + laneBytes, bias + laneBytes, $to:L, $counts:L,
                                            depthwise.inputFloor(), depthwise.floor(), depthwise.ceiling());
                                }
                            }
                            pixel += count;
                        }
                        """,
                "loop", loopName(), "tapCount", kernelHeight * kernelWidth, "target", target, "to",
                toImage() ? "to + laneBytes" : "frame.rows(part), to + lane", "counts",
                unrolled() ? "count" : "count,\n" + " ".repeat(20) + kernelHeight + ", " + kernelWidth, "channels",
                ImageLayout.CHANNELS);
    }

    /*-
     * FloatVector tap0_0 = FloatVector.fromMemorySegment(SPECIES, constants, taps, ORDER); ...
     * FloatVector start = FloatVector.fromMemorySegment(SPECIES, constants, bias, ORDER);
     * FloatVector value0 = FloatVector.fromMemorySegment(SPECIES, arena, source, ORDER);
     * value0 = value0.blend(least, value0.lt(least)); ...                  max(value0, least) in two instructions, not six
     * FloatVector left = value0.fma(tap0_0, start); ...                    first column of pixel 0
     * ...                                                                  second column of pixel 0, first of pixel 1
     * for (int i = 0; i < count; i++) {                                    third column of pixel i, second of i + 1, first of i + 2
     */
    private CodeBlock slidingBody() {
        CodeBlock.Builder code = CodeBlock.builder().add(loadTaps());
        code.add(Template.fill("$floatVector:T least = $floatVector:T.broadcast(SPECIES, inputFloor);\n"));
        code.add(loadColumn(true)).add(sum("left", "start", 0));
        code.add(moveRight()).add(loadColumn(false)).add(sum("middle", "left", 1)).add(again("left", "start", 0));
        code.beginControlFlow("for (int i = 0; i < count; i++)");
        code.add(moveRight()).add(loadColumn(false)).add(sum("result", "middle", 2)).add(again("middle", "left", 1))
                .add(again("left", "start", 0));
        return code.add(store()).endControlFlow().build();
    }

    private static String moveRight() {
        return "source += columnStep;\n";
    }

    private CodeBlock loadColumn(boolean declares) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int y = 0; y < kernelHeight; y++) {
            code.add(Template.fill("""
                    $type:Lvalue$y:L = $floatVector:T.fromMemorySegment(SPECIES, arena, source$at:L, ORDER);
                    value$y:L = value$y:L.blend(least, value$y:L.lt(least));
                    """, "type", declares ? "FloatVector " : "", "y", y, "at", rows(y)));
        }
        return code.build();
    }

    private static CodeBlock load(String at) {
        return Template.fill("$floatVector:T.fromMemorySegment(SPECIES, arena, source$at:L, ORDER).max(inputFloor)",
                "at", at);
    }

    static String rows(int y) {
        return y == 0 ? "" : y == 1 ? " + rowStep" : " + " + y + " * rowStep";
    }

    static String columns(int x) {
        return x == 0 ? "" : x == 1 ? " + columnStep" : " + " + x + " * columnStep";
    }

    private CodeBlock sum(String name, String start, int column) {
        return CodeBlock.builder().add("FloatVector ").add(again(name, start, column)).build();
    }

    private CodeBlock again(String name, String start, int column) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int y = 0; y < kernelHeight; y++) {
            code.add(Template.fill("$name:L = value$y:L.fma(tap$y:L_$x:L, $previous:L);\n", "name", name, "y", y, "x",
                    column, "previous",
                    y == 0 ? start : name));
        }
        return code.build();
    }

    private CodeBlock loadTaps() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int y = 0; y < kernelHeight; y++) {
            for (int x = 0; x < kernelWidth; x++) {
                int tap = y * kernelWidth + x;
                code.add(Template.fill(
                        "$floatVector:T tap$y:L_$x:L = $floatVector:T.fromMemorySegment(SPECIES, constants, taps$at:L, ORDER);\n",
                        "y", y, "x", x,
                        "at", tap == 0 ? "" : tap == 1 ? " + PIXEL_BYTES" : " + " + tap + " * PIXEL_BYTES"));
            }
        }
        return code
                .add(Template.fill(
                        "$floatVector:T start = $floatVector:T.fromMemorySegment(SPECIES, constants, bias, ORDER);\n"))
                .build();
    }

    private CodeBlock unrolledBody() {
        CodeBlock.Builder code =
                CodeBlock.builder().add(loadTaps()).beginControlFlow("for (int i = 0; i < count; i++)");
        code.add("FloatVector result = start;\n");
        for (int x = 0; x < kernelWidth; x++) {
            for (int y = 0; y < kernelHeight; y++) {
                code.add(Template.fill("result = $load:L\n        .fma(tap$y:L_$x:L, result);\n", "load",
                        load(rows(y) + columns(x)), "y", y, "x", x));
            }
        }
        return code.add(store()).add("source += step;\n").endControlFlow().build();
    }

    private CodeBlock loopBody() {
        return Template.fill(
                """
                        for (int i = 0; i < count; i++) {
                            $floatVector:T result = $floatVector:T.fromMemorySegment(SPECIES, constants, bias, ORDER);
                            for (int x = 0; x < kernelWidth; x++) {
                                long at = source + x * columnStep;
                                long tap = taps + x * PIXEL_BYTES;
                                $floatVector:T column = $floatVector:T.zero(SPECIES);
                                for (int y = 0; y < kernelHeight; y++) {
                                    $floatVector:T value = $floatVector:T.fromMemorySegment(SPECIES, arena, at, ORDER).max(inputFloor);
                                    column = value.fma($floatVector:T.fromMemorySegment(SPECIES, constants, tap, ORDER), column);
                                    at += rowStep;
                                    tap += kernelWidth * PIXEL_BYTES;
                                }
                                result = column.add(result);
                            }
                            $store:L\
                            source += step;
                        }
                        """,
                "store", store());
    }

    private CodeBlock store() {
        String clamp = clamps ? ".max(floor).min(ceiling)" : "";
        return toImage()
                ? Template.fill("result$clamp:L.intoMemorySegment(arena, to, ORDER);\nto += PIXEL_BYTES;\n", "clamp",
                        clamp)
                : Template.fill("result$clamp:L.intoArray(rows, to);\nto += $rowFloats:L;\n", "clamp", clamp,
                        "rowFloats",
                        rowFloats);
    }
}
