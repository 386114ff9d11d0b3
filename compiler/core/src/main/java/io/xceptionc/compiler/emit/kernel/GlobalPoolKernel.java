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

    private ReduceKernel reduce() {
        return new ReduceKernel(reduction);
    }

    @Override
    public List<Signature> loops() {
        return List.of(reduce().window());
    }

    @Override
    public MethodSpec declaration() {
        return pool().declaration();
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(pool().implementation(Template.fill(
                """
                        int count = input.height() * input.width();
                        for (int block = firstBlock; block < lastBlock; block++) {
                            for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                                $reduce:L(frame.arena(), input.origin(block) + lane, input.rowBytes(), PIXEL_BYTES, input.width(),
                                        count, output.origin(block) + lane, count);
                            }
                        }
                        """,
                "reduce", reduce().name())), reduce().method());
    }
}
