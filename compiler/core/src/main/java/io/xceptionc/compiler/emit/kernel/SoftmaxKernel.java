package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * {@code exp(x - max) / sum} over the channels of each pixel. The sum goes channel by channel, so that it is the same for every
 * width of vectors, and in double, so that it is right for any number of channels.
 */
public record SoftmaxKernel() implements Kernel {

    @Override
    public String name() {
        return "softmax";
    }

    private Signature pixels() {
        return Signature.of(name(), "Normalises the pixels from first to before last.").withFrame()
                .with(ImageLayout.class, "input")
                .with(ImageLayout.class, "output").withAll(int.class, "firstPixel", "lastPixel");
    }

    private static Signature pixel() {
        return Signature.of("softmaxPixel", "Normalises one pixel.")
                .withAll(long.class, "source", "sourceBlockBytes", "to", "toBlockBytes").withSegment("arena")
                .withCount("channels");
    }

    private static Signature exponentials() {
        return Signature.of("exponentials", "The exponential of each channel of some blocks less the greatest.")
                .withSegment("arena").withAll(long.class, "from", "step", "to", "toStep").withCount("count")
                .with(float.class, "greatest");
    }

    private static Signature quotients() {
        return Signature.of("quotients", "Each channel of some blocks by the sum.").withSegment("arena")
                .withAll(long.class, "to", "toStep").withCount("count").with(float.class, "sum");
    }

    @Override
    public MethodSpec declaration() {
        return pixels().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(exponentials(), quotients(), pixel());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(
                pixels().implementation(Template
                        .fill("""
                                for (int pixel = firstPixel; pixel < lastPixel; pixel++) {
                                    int y = pixel / input.width();
                                    int x = pixel % input.width();
                                    softmaxPixel(input.origin(0) + y * input.rowBytes() + x * PIXEL_BYTES, input.blockBytes(),
                                            output.origin(0) + y * output.rowBytes() + x * PIXEL_BYTES, output.blockBytes(), frame.arena(),
                                            input.channels());
                                }
                                """)),
                pixel().loop(pixelBody()),
                exponentials().loop(
                        blocks("from", Activations.exponential("x.sub(greatest)"), "exponential", "from += step;\n")),
                quotients().loop(blocks("to", CodeBlock.of(""), "x.div(sum)", "")));
    }

    private static CodeBlock blocks(String source, CodeBlock compute, String result, String next) {
        return CodeBlock.builder().beginControlFlow("for (int block = 0; block < count; block++)")
                .beginControlFlow("for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES)")
                .add(Template.fill(
                        "$floatVector:T x = $floatVector:T.fromMemorySegment(SPECIES, arena, $source:L + lane, ORDER);\n",
                        "source", source))
                .add(compute).add("$L.intoMemorySegment(arena, to + lane, ORDER);\n", result).endControlFlow()
                .add(next).add("to += toStep;\n").endControlFlow().build();
    }

    private static CodeBlock pixelBody() {
        return Template.fill(
                """
                        float greatest = Float.NEGATIVE_INFINITY;
                        for (int channel = 0; channel < channels; channel++) {
                            long from = source + channel / $block:L * sourceBlockBytes + channel % $block:L * 4L;
                            greatest = Math.max(greatest, arena.get(FLOAT, from));
                        }
                        int blockCount = Math.ceilDiv(channels, $block:L);
                        exponentials(arena, source, sourceBlockBytes, to, toBlockBytes, blockCount, greatest);
                        double sum = 0;
                        for (int channel = 0; channel < channels; channel++) {
                            sum += arena.get(FLOAT, to + channel / $block:L * toBlockBytes + channel % $block:L * 4L);
                        }
                        quotients(arena, to, toBlockBytes, blockCount, (float) sum);
                        """,
                "block", ImageLayout.CHANNELS);
    }
}
