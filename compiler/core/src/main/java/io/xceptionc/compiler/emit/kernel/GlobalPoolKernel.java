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
                .with(ImageLayout.class, "output").withAll(int.class, "firstBlock", "lastBlock", "part");
    }

    private ReduceKernel reduce() {
        return new ReduceKernel(reduction);
    }

    @Override
    public List<Signature> loops() {
        return List.of(reduce().run());
    }

    @Override
    public MethodSpec declaration() {
        return pool().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(pool().implementation(Template.fill("""
                float[] sums = frame.sums(part);
                float count = (float) input.height() * input.width();
                for (int block = firstBlock; block < lastBlock; block++) {
                    $start:L
                    for (int y = 0; y < input.height(); y++) {
                        long row = input.origin(block) + y * input.rowBytes();
                        for (int lane = 0; lane < $channels:L; lane += LANES) {
                            $reduce:L(frame.arena(), row + lane * 4L, PIXEL_BYTES, input.width(), sums, lane);
                        }
                    }
                    long to = output.origin(block);
                    $end:L                }
                """, "channels", ImageLayout.CHANNELS, "reduce", reduce().name(), "start", reduce().start(), "end",
                reduce().end("count"))), reduce().method());
    }
}
