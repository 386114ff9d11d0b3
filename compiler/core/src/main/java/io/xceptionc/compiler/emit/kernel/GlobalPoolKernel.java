package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * The maximum or mean of each channel over the whole image, the sum row by row.
 *
 * @param reduction maximum or mean
 */
public record GlobalPoolKernel(Reduction reduction) implements Kernel {

    @Override
    public String name() {
        return "global" + (reduction == Reduction.MAX ? "Max" : "Avg") + "Pool";
    }

    private Signature pool() {
        return Signature.of(name(), "Reduces the blocks from first to before last to one value a channel.").withFrame()
                .with(ImageLayout.class, "input")
                .with(ImageLayout.class, "output").withAll(int.class, "firstBlock", "lastBlock");
    }

    private Signature channels() {
        return Signature.of(name() + "Channels", "One vector of channels over the whole image.").withSegment("arena")
                .withAll(long.class, "source", "rowStep")
                .withAll(int.class, "height", "width").with(long.class, "to");
    }

    @Override
    public MethodSpec declaration() {
        return pool().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        boolean max = reduction == Reduction.MAX;
        return List.of(
                pool().implementation(Template.fill(
                        """
                                for (int block = firstBlock; block < lastBlock; block++) {
                                    for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                                        $name:LChannels(frame.arena(), input.origin(block) + lane, input.rowBytes(), input.height(),
                                                input.width(), output.origin(block) + lane);
                                    }
                                }
                                """,
                        "name", name())),
                channels().helper(Template.fill("""
                        $floatVector:T result = $floatVector:T.broadcast(SPECIES, $start:L);
                        for (int y = 0; y < height; y++) {
                            long from = source + y * rowStep;
                            for (int x = 0; x < width; x++) {
                                result = result.$step:L($floatVector:T.fromMemorySegment(SPECIES, arena, from, ORDER));
                                from += PIXEL_BYTES;
                            }
                        }
                        result$end:L.intoMemorySegment(arena, to, ORDER);
                        """, "start", max ? "Float.NEGATIVE_INFINITY" : "0", "step", max ? "max" : "add", "end",
                        max ? "" : ".div((float) height * width)")));
    }
}
