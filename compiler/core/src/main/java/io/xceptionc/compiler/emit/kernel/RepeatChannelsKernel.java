package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * Each channel several times in a row, a row of pixels at a time.
 *
 * @param count how often
 */
public record RepeatChannelsKernel(int count) implements Kernel {

    @Override
    public String name() {
        return "repeatChannels" + count;
    }

    private Signature rows() {
        return Signature.of(name(),
                "Repeats the channels of the rows of input blocks from first to before last, counted through all blocks.")
                .withFrame()
                .with(ImageLayout.class, "input").with(ImageLayout.class, "output")
                .withAll(int.class, "firstRow", "lastRow");
    }

    private Signature row() {
        return Signature.of("repeatRow" + count, "One channel of one row.").withAll(long.class, "from", "to")
                .withSegment("arena").withCount("width");
    }

    @Override
    public MethodSpec declaration() {
        return rows().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(row());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        int block = ImageLayout.CHANNELS;
        return List.of(
                rows().implementation(Template.fill(
                        """
                                for (int row = firstRow; row < lastRow; row++) {
                                    int block = row / input.height();
                                    int y = row % input.height();
                                    int lastChannel = Math.min(input.channels(), (block + 1) * $block:L);
                                    for (int channel = block * $block:L; channel < lastChannel; channel++) {
                                        long from = input.origin(block) + y * input.rowBytes() + channel % $block:L * 4L;
                                        for (int copy = channel * $count:L; copy < (channel + 1) * $count:L; copy++) {
                                            long to = output.origin(copy / $block:L) + y * output.rowBytes() + copy % $block:L * 4L;
                                            repeatRow$count:L(from, to, frame.arena(), input.width());
                                        }
                                    }
                                }
                                """,
                        "block", block, "count", count)),
                row().loop(copyRow()));
    }

    private static CodeBlock copyRow() {
        return Template.fill("""
                for (int x = 0; x < width; x++) {
                    arena.set(FLOAT, to + x * PIXEL_BYTES, arena.get(FLOAT, from + x * PIXEL_BYTES));
                }
                """);
    }
}
