package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.Patches;
import java.util.List;

/**
 * Cuts an image into matrix rows, {@code [pixel][kernelHeight][kernelWidth][channels]}, negative inputs taken as zero where asked.
 * Whole vectors are copied in ascending order; what one writes too far, the next overwrites.
 *
 * @param oneBlock whether the image is one full block: then the pixels under a row of the window stand together
 */
public record PatchesKernel(boolean oneBlock) implements Kernel {

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
        return Signature.of("copyRun", "Copies a run of inputs, rounded up to whole vectors.").withSegment("arena")
                .with(long.class, "from")
                .withSegment("rows").withAll(long.class, "to", "bytes").with(float.class, "inputFloor");
    }

    @Override
    public MethodSpec declaration() {
        return patches().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(patches().implementation(pixels()), copy().helper(Template
                .fill("""
                        $floatVector:T least = $floatVector:T.broadcast(SPECIES, inputFloor);
                        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
                            $floatVector:T value = $floatVector:T.fromMemorySegment(SPECIES, arena, from + at, ORDER);
                            value.blend(least, value.lt(least)).intoMemorySegment(rows, to + at, ORDER);
                        }
                        """)));
    }

    private CodeBlock pixels() {
        String taps = oneBlock
                ? """
                                copyRun(frame.arena(), tap, frame.rows(part), to, runBytes, patches.inputFloor());
                                to += runBytes;
                        """
                : """
                                for (int kx = 0; kx < patches.kernelWidth(); kx++) {
                                    for (int done = 0; done < patches.channelCount();) {
                                        int channel = patches.firstChannel() + done;
                                        int run = Math.min($channels:L - channel % $channels:L, patches.channelCount() - done);
                                        long from = tap + channel / $channels:L * input.blockBytes() + channel % $channels:L * 4L;
                                        copyRun(frame.arena(), from, frame.rows(part), to, run * 4L, patches.inputFloor());
                                        to += run * 4L;
                                        done += run;
                                    }
                                    tap += patches.dilationWidth() * PIXEL_BYTES;
                                }
                        """;
        String run = oneBlock ? "long runBytes = patches.kernelWidth() * input.pixelBytes();\n" : "";
        return Template.fill("$imageLayout:T input = patches.input();\n" + run + """
                for (int pixel = firstPixel; pixel < lastPixel; pixel++) {
                    long source = patches.source(0, pixel / patches.outputWidth(), pixel % patches.outputWidth());
                    long to = (pixel - firstPixel) * patches.rowBytes();
                    for (int ky = 0; ky < patches.kernelHeight(); ky++) {
                        long tap = source + ky * patches.dilationHeight() * input.rowBytes();
                """ + taps + """
                    }
                }
                """, "channels", io.xceptionc.runtime.kernel.ImageLayout.CHANNELS);
    }
}
