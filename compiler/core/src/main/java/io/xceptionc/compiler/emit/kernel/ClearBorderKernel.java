package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/** Zeros to the border of a value: above it, between its rows, below it. */
public record ClearBorderKernel() implements Kernel {

    @Override
    public String name() {
        return "clearBorder";
    }

    private Signature blocks() {
        return Signature.of(name(), "Clears the border of the blocks from first to before last.").withFrame()
                .with(ImageLayout.class, "layout").withAll(int.class,
                        "firstBlock", "lastBlock");
    }

    private static Signature clear() {
        return Signature.of("clear", "Zeros to neighbouring pixels.").withSegment("arena").with(long.class, "start")
                .withCount("count");
    }

    @Override
    public MethodSpec declaration() {
        return blocks().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(clear());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(
                blocks().implementation(Template
                        .fill("""
                                int gap = layout.left() + layout.right();
                                for (int block = firstBlock; block < lastBlock; block++) {
                                    long start = layout.byteOffset() + block * layout.blockBytes();
                                    long origin = layout.origin(block);
                                    clear(frame.arena(), start, (int) ((origin - start) / PIXEL_BYTES));
                                    for (int y = 1; y < layout.height(); y++) {
                                        clear(frame.arena(), origin + y * layout.rowBytes() - gap * PIXEL_BYTES, gap);
                                    }
                                    long end = origin + (layout.height() - 1) * layout.rowBytes() + layout.width() * PIXEL_BYTES;
                                    clear(frame.arena(), end, layout.right() + (int) (layout.bottom() * layout.rowBytes() / PIXEL_BYTES));
                                }
                                """)),
                clear().loop(Template.fill("""
                        long end = start + count * PIXEL_BYTES;
                        for (long at = start; at < end; at += VECTOR_BYTES) {
                            $floatVector:T.zero(SPECIES).intoMemorySegment(arena, at, ORDER);
                        }
                        """)));
    }
}
