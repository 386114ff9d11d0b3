package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import java.util.List;

/**
 * Cuts an image into matrix rows, {@code [pixel][kernelHeight][kernelWidth][channels]}, negative inputs taken as zero where asked.
 * Whole vectors are copied in ascending order; what one writes too far, the next overwrites.
 *
 * @param rowFloats from a matrix row to the next
 * @param oneBlock whether the image is one full block: then the pixels under a row of the window stand together
 */
public record PatchesKernel(int rowFloats, boolean oneBlock) implements Kernel {

    @Override
    public String name() {
        return oneBlock ? "patchesOfOneBlock" : "patches";
    }

    private Signature patches() {
        return Signature.of(name(),
                "Fills the matrix rows of the pixels from first to before last with the inputs under their windows.")
                .withFrame()
                .with(Patches.class, "patches").withAll(int.class, "firstPixel", "lastPixel", "part");
    }

    private static Signature copy() {
        return Signature.of("copyRun", "Copies one vector of each of neighbouring pixels.").withSegment("arena")
                .withAll(long.class, "from", "step").with(float[].class, "rows").with(int.class, "to")
                .withCount("count")
                .with(float.class, "inputFloor");
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
        return List.of(patches().implementation(pixels()), copy().loop(Template
                .fill("""
                        $floatVector:T least = $floatVector:T.broadcast(SPECIES, inputFloor);
                        for (int i = 0; i < count; i++) {
                            $floatVector:T value = $floatVector:T.fromMemorySegment(SPECIES, arena, from, ORDER);
                            value.blend(least, value.lt(least)).intoArray(rows, to);
                            from += step;
                            to += $rowFloats:L;
                        }
                        """, "rowFloats", rowFloats)));
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
                                            copyRun(frame.arena(), from + lane * 4L, step, frame.rows(part), to + lane, count,
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
                        """, "channels", ImageLayout.CHANNELS, "rowFloats", rowFloats);
    }
}
