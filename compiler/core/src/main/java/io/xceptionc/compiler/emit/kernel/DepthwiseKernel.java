package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;
import java.util.stream.Stream;

/**
 * A depthwise convolution with channels as the axis of vectors, {@code y = clamp(sum over taps of kernel * max(x,
 * inputFloor) + bias)}, the sum row by row of the window; that of a window of very many taps is a sum of its columns'
 * sums. It writes either matrix rows for the product that follows, {@code [pixel][channels]}, or an image.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param stride columns from one position to the next if the window's taps are neighbours and positions share inputs;
 *        else 0
 * @param tilePixels how many neighbours of a row are computed at once
 * @param rectifies whether inputs have a floor
 * @param clamps whether results are bounded
 * @param rowFloats from a matrix row to the next; 0 if it writes an image
 */
public record DepthwiseKernel(
        int kernelHeight,
        int kernelWidth,
        int stride,
        int tilePixels,
        boolean rectifies,
        boolean clamps,
        int rowFloats) implements Kernel {

    private static final int MOST_TAPS_OF_ONE_SUM = 49;
    private static final int MOST_TAPS_IN_REGISTERS = 9;

    /** With seven sums, a row of five taps and a bound, 14 of the 16 registers of narrow vectors are in use. */
    private static final int MOST_TILE_PIXELS = 7;
    private static final int FEWEST_TILE_PIXELS = 4;

    /**
     * The tile for rows of a width: it fits if they are narrow. The last one of a row overlaps the one before; of
     * several heights, what computes the fewest pixels so is the best, each tile costing about one pixel more.
     */
    public static int tilePixels(int outputWidth) {
        if (outputWidth <= MOST_TILE_PIXELS) {
            return outputWidth;
        }
        int best = MOST_TILE_PIXELS;
        for (int pixels = MOST_TILE_PIXELS - 1; pixels >= FEWEST_TILE_PIXELS; pixels--) {
            if (cost(outputWidth, pixels) < cost(outputWidth, best)) {
                best = pixels;
            }
        }
        return best;
    }

    private static int cost(int outputWidth, int pixels) {
        return Math.ceilDiv(outputWidth, pixels) * (pixels + 1);
    }

    @Override
    public String name() {
        return "depthwise" + kernelHeight + "x" + kernelWidth + (tiled() ? tile(tilePixels).variant() : suffix());
    }

    private boolean toImage() {
        return rowFloats == 0;
    }

    private String suffix() {
        return (clamps ? "Clamped" : "") + (toImage() ? "ToImage" : "");
    }

    /** Whether a row of taps stays in registers. */
    private boolean tiled() {
        return kernelWidth <= MOST_TAPS_IN_REGISTERS && kernelHeight * kernelWidth <= MOST_TAPS_OF_ONE_SUM;
    }

    private DepthwiseTile tile(int pixels) {
        return new DepthwiseTile(kernelWidth, pixels, stride, rectifies, clamps, rowFloats);
    }

    private List<DepthwiseTile> tiles() {
        return Stream.of(tilePixels, 1).distinct().map(this::tile).toList();
    }

    private Signature driver() {
        Signature signature = Signature.of(name(), "Depthwise convolution of the pixels from first to before last, to "
                + (toImage() ? "an image." : "matrix rows.")).withFrame().with(Depthwise.class, "depthwise");
        return (toImage() ? signature.with(ImageLayout.class, "output") : signature).withAll(int.class, "firstPixel",
                "lastPixel", "part");
    }

    @Override
    public MethodSpec declaration() {
        return driver().declaration();
    }

    @Override
    public List<Signature> loops() {
        return tiled() ? tiles().stream().map(DepthwiseTile::signature).toList() : List.of(anySize());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        Stream<MethodSpec> loops =
                tiled() ? tiles().stream().map(DepthwiseTile::method) : Stream.of(anySize().loop(anySizeBody()));
        return Stream.concat(Stream.of(driver().implementation(driverBody())), loops).toList();
    }

    private CodeBlock driverBody() {
        CodeBlock.Builder code = CodeBlock.builder().add(Template.fill("""
                $imageLayout:T input = depthwise.input();
                int width = depthwise.outputWidth();
                long rowStep = depthwise.dilationHeight() * input.rowBytes();
                """));
        if (!tiled() || stride == 0) {
            code.add("long columnStep = depthwise.dilationWidth() * PIXEL_BYTES;\n");
        }
        code.add("long step = depthwise.strideWidth() * PIXEL_BYTES;\n");
        code.beginControlFlow("for (int pixel = firstPixel; pixel < lastPixel;)").add(Template.fill("""
                int y = pixel / width;
                int x = pixel % width;
                int count = $math:T.min(width - x, lastPixel - pixel);
                """));
        code.beginControlFlow("for (int block = 0; block < input.blockCount(); block++)").add(vectorsOfBlock())
                .endControlFlow();
        return code.add("pixel += count;\n").endControlFlow().build();
    }

    private CodeBlock vectorsOfBlock() {
        CodeBlock.Builder code = CodeBlock.builder().add("""
                long source = depthwise.source(block, y, x);
                long taps = depthwise.taps() + block * $L * PIXEL_BYTES;
                long bias = depthwise.bias() + block * PIXEL_BYTES;
                """, kernelHeight * kernelWidth);
        code.add(toImage()
                ? CodeBlock.of("long to = output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES;\n")
                : CodeBlock.of("int to = (pixel - firstPixel) * $L + block * $L;\n", rowFloats,
                        ImageLayout.CHANNELS));
        return code.beginControlFlow("for (int lane = 0; lane < $L; lane += LANES)", ImageLayout.CHANNELS)
                .add("long laneBytes = lane * 4L;\n").add(tiled() ? tileCalls() : anySizeCall()).endControlFlow()
                .build();
    }

    /*-
     * int i = 0;
     * if (count >= 7) {
     *     for (; i < count; i += 7) {
     *         int first = Math.min(i, count - 7);
     *         slide3WideBy7(frame.arena(), source + laneBytes + first * step, ...);
     *     }
     * }
     * for (; i < count; i++) {
     *     slide3Wide(frame.arena(), source + laneBytes + i * step, ...);
     * }
     */
    private CodeBlock tileCalls() {
        CodeBlock.Builder code = CodeBlock.builder().add("int i = 0;\n");
        if (tilePixels > 1) {
            code.beginControlFlow("if (count >= $L)", tilePixels).beginControlFlow("for (; i < count; i += $L)",
                    tilePixels)
                    .add(Template.fill("int first = $math:T.min(i, count - $pixels:L);\n", "pixels", tilePixels))
                    .add(tileCall(tile(tilePixels), "first")).endControlFlow().endControlFlow();
        }
        return code.beginControlFlow("for (; i < count; i++)").add(tileCall(tile(1), "i")).endControlFlow().build();
    }

    private CodeBlock tileCall(DepthwiseTile tile, String pixel) {
        String target = toImage()
                ? "to + laneBytes + " + pixel + " * PIXEL_BYTES"
                : "frame.rows(part), to + lane + " + pixel + " * " + rowFloats;
        return CodeBlock.of(
                "$L(frame.arena(), source + laneBytes + $L * step,$WrowStep,$L$Wframe.constants(),$Wtaps + laneBytes,"
                        + "$Wbias + laneBytes,$W$L,$W$L$L$L);\n",
                tile.name(), pixel, stride == 0 ? " columnStep, step," : "", target, kernelHeight,
                rectifies ? ", depthwise.inputFloor()" : "",
                clamps ? ", depthwise.floor(), depthwise.ceiling()" : "");
    }

    private Signature anySize() {
        Signature signature = Signature.of("slideAnySize" + suffix(), "One vector of channels of neighbouring pixels.")
                .withSegment("arena").withAll(long.class, "source", "rowStep", "columnStep", "step")
                .withSegment("constants").withAll(long.class, "taps", "bias");
        return (toImage()
                ? signature.with(long.class, "to")
                : signature.with(float[].class, "rows").with(int.class, "to")).withCount("count")
                .withExtent("kernelHeight").withExtent("kernelWidth")
                .withAll(float.class, "inputFloor", "floor", "ceiling");
    }

    private CodeBlock anySizeCall() {
        return CodeBlock.of(
                "$L(frame.arena(), source + laneBytes,$WrowStep, columnStep, step,$Wframe.constants(),$Wtaps + laneBytes,"
                        + "$Wbias + laneBytes,$W$L, count, $L, $L,$Wdepthwise.inputFloor(),$Wdepthwise.floor(),"
                        + "$Wdepthwise.ceiling());\n",
                anySize().name(), toImage() ? "to + laneBytes" : "frame.rows(part), to + lane", kernelHeight,
                kernelWidth);
    }

    private CodeBlock anySizeBody() {
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
                            result$clamp:L.$store:L;
                            to += $step:L;
                            source += step;
                        }
                        """,
                "clamp", clamps ? ".max(floor).min(ceiling)" : "", "store",
                toImage() ? "intoMemorySegment(arena, to, ORDER)" : "intoArray(rows, to)", "step",
                toImage() ? "PIXEL_BYTES" : rowFloats);
    }
}
