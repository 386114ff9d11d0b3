package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * A function of each element of some pixels of an image, in place, after they are computed.
 *
 * @param kind the function
 */
public record ActivatePixelsKernel(Activation.Kind kind) implements Kernel {

    @Override
    public String name() {
        return Activations.methodName(kind) + "Pixels";
    }

    private Signature pixels() {
        return Signature.of(name(), "Applies a function to the pixels from first to before last.").withFrame()
                .with(float.class, "parameter").with(ImageLayout.class, "image")
                .withAll(int.class, "firstPixel", "lastPixel");
    }

    private Signature run() {
        return Signature.of(name() + "Run", "Neighbouring pixels of one block.").withSegment("arena")
                .with(long.class, "at").withCount("count").with(float.class, "parameter");
    }

    @Override
    public MethodSpec declaration() {
        return pixels().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(run());
    }

    @Override
    public List<MethodSpec> methods(VectorWidth width) {
        return List.of(pixels().implementation(Template.fill("""
                for (int pixel = firstPixel; pixel < lastPixel;) {
                    int y = pixel / image.width();
                    int x = pixel % image.width();
                    int count = $math:T.min(image.width() - x, lastPixel - pixel);
                    for (int block = 0; block < image.blockCount(); block++) {
                        long at = image.origin(block) + y * image.rowBytes() + x * PIXEL_BYTES;
                        $run:L(frame.arena(), at, count, parameter);
                    }
                    pixel += count;
                }
                """, "run", run().name())), run().loop(runBody()));
    }

    private CodeBlock runBody() {
        return CodeBlock.builder().addStatement("long end = at + count * PIXEL_BYTES")
                .beginControlFlow("for (long to = at; to < end; to += VECTOR_BYTES)")
                .add(Template.fill(
                        "$floatVector:T x = $floatVector:T.fromMemorySegment(SPECIES, arena, to, ORDER);\n"))
                .add(Activations.formula(kind)).add("y.intoMemorySegment(arena, to, ORDER);\n").endControlFlow()
                .build();
    }
}
