package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import java.util.List;

/**
 * Cuts an image into matrix rows, {@code [pixel][kernelHeight][kernelWidth][channels]}, scaled by channel and negative
 * inputs taken as zero where asked. Whole vectors are copied in ascending order; what one writes too far, the next
 * overwrites.
 *
 * @param rowFloats from a matrix row to the next
 * @param oneBlock whether the image is one full block: then the pixels under a row of the window stand together; not
 *        with scaling
 * @param scaling what inputs are multiplied by; with anything, the window is one pixel
 */
public record PatchesKernel(int rowFloats, boolean oneBlock, InputScaling scaling) implements Kernel {

    private static final String CONTINUATION = "\n" + " ".repeat(28);

    public PatchesKernel {
        if (oneBlock && scaling != InputScaling.NONE) {
            throw new IllegalArgumentException("scaled by block");
        }
    }

    /** Of inputs as they are. */
    public PatchesKernel(int rowFloats, boolean oneBlock) {
        this(rowFloats, oneBlock, InputScaling.NONE);
    }

    @Override
    public String name() {
        return oneBlock ? "patchesOfOneBlock" : "patches" + scaling.adjective();
    }

    private Signature patches() {
        Signature signature = Signature.of(name(),
                "Fills the matrix rows of the pixels from first to before last with the inputs under their windows.")
                .withFrame().with(Patches.class, "patches");
        return (switch (scaling) {
            case NONE -> signature;
            case CONSTANTS -> signature.withAll(long.class, "factors", "summands");
            case GATE -> signature.with(ImageLayout.class, "gate");
        }).withAll(int.class, "firstPixel", "lastPixel", "part");
    }

    private Signature copy() {
        Signature signature = Signature
                .of("copy" + scaling.adjective() + "Run", "Copies one vector of each of neighbouring pixels.")
                .withSegment("arena").withAll(long.class, "from", "step");
        return (switch (scaling) {
            case NONE -> signature;
            case CONSTANTS -> signature.withSegment("constants").withAll(long.class, "factors", "summands");
            case GATE -> signature.with(long.class, "gate");
        }).with(float[].class, "rows").with(int.class, "to").withCount("count").with(float.class, "inputFloor");
    }

    @Override
    public MethodSpec declaration() {
        return patches().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(copy());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(patches().implementation(pixels()), copy().loop(copyBody()));
    }

    /*-
     * FloatVector least = FloatVector.broadcast(SPECIES, inputFloor);
     * FloatVector factor = ...;
     * for (int i = 0; i < count; i++) {
     *     FloatVector value = FloatVector.fromMemorySegment(SPECIES, arena, from, ORDER).mul(factor);
     *     value.blend(least, value.lt(least)).intoArray(rows, to); ...
     */
    private CodeBlock copyBody() {
        String operands = switch (scaling) {
            case NONE -> "";
            case CONSTANTS -> """
                    $floatVector:T factor = $floatVector:T.fromMemorySegment(SPECIES, constants, factors, ORDER);
                    $floatVector:T summand = $floatVector:T.fromMemorySegment(SPECIES, constants, summands, ORDER);
                    """;
            case GATE -> "$floatVector:T factor = $floatVector:T.fromMemorySegment(SPECIES, arena, gate, ORDER);\n";
        };
        String scaled = switch (scaling) {
            case NONE -> "";
            case CONSTANTS -> ".fma(factor, summand)";
            case GATE -> ".mul(factor)";
        };
        return Template.fill("$floatVector:T least = $floatVector:T.broadcast(SPECIES, inputFloor);\n" + operands + """
                for (int i = 0; i < count; i++) {
                    $floatVector:T value = $floatVector:T.fromMemorySegment(SPECIES, arena, from, ORDER)$scaled:L;
                    value.blend(least, value.lt(least)).intoArray(rows, to);
                    from += step;
                    to += $rowFloats:L;
                }
                """, "rowFloats", rowFloats, "scaled", scaled);
    }

    private CodeBlock pixels() {
        String taps = oneBlock
                ? """
                                for (int lane = 0; lane < runFloats; lane += LANES) {
                                    copyRun(frame.arena(), tap + lane * 4L, step, frame.rows(part), to + lane, count,
                                            patches.inputFloor());
                                }
                                to += runFloats;
                        """
                : """
                                for (int kx = 0; kx < patches.kernelWidth(); kx++) {
                                    for (int done = 0; done < patches.channelCount();) {
                                        int channel = patches.firstChannel() + done;
                                        int run = $math:T.min($channels:L - channel % $channels:L, patches.channelCount() - done);
                                        long from = tap + channel / $channels:L * input.blockBytes() + channel % $channels:L * 4L;
                                        for (int lane = 0; lane < run; lane += LANES) {
                                            copy$scaled:LRun(frame.arena(), from + lane * 4L, step, $operands:L
                                                    patches.inputFloor());
                                        }
                                        to += run;
                                        done += run;
                                    }
                                    tap += patches.dilationWidth() * PIXEL_BYTES;
                                }
                        """;
        String run = oneBlock ? "int runFloats = patches.kernelWidth() * input.blockChannels();\n" : "";
        return Template.fill("$imageLayout:T input = patches.input();\nint width = patches.outputWidth();\n" + run
                + """
                        long step = patches.strideWidth() * input.pixelBytes();
                        for (int pixel = firstPixel; pixel < lastPixel;) {
                            int y = pixel / width;
                            int x = pixel % width;
                            int count = $math:T.min(width - x, lastPixel - pixel);
                            long source = patches.source(0, y, x);
                            int to = (pixel - firstPixel) * $rowFloats:L;
                            for (int ky = 0; ky < patches.kernelHeight(); ky++) {
                                long tap = source + ky * patches.dilationHeight() * input.rowBytes();
                        """
                + taps + """
                            }
                            pixel += count;
                        }
                        """, "channels", ImageLayout.CHANNELS, "rowFloats", rowFloats, "scaled", scaling.adjective(),
                "operands", operandsOfRun());
    }

    /** The window being one pixel, a run begins where a block does. */
    private String operandsOfRun() {
        return switch (scaling) {
            case NONE -> "frame.rows(part), to + lane, count,";
            case CONSTANTS -> String.join(CONTINUATION, "frame.constants(),",
                    "factors + (channel + lane) * 4L, summands + (channel + lane) * 4L,",
                    "frame.rows(part), to + lane, count,");
            case GATE -> String.join(CONTINUATION,
                    "gate.origin(channel / %d) + lane * 4L,".formatted(ImageLayout.CHANNELS),
                    "frame.rows(part), to + lane, count,");
        };
    }
}
