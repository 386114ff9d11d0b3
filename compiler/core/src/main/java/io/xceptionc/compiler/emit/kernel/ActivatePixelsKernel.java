package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.List;

/**
 * A function of each element of some pixels of an image, in place, by the loop that computes whole images.
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

    private ElementwiseKernel ofImages() {
        return new ElementwiseKernel(new ElementwiseKernel.Formula.Activate(kind));
    }

    @Override
    public MethodSpec declaration() {
        return pixels().declaration();
    }

    @Override
    public List<Signature> loops() {
        return List.of(ofImages().row());
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
                        $row:L(frame.arena(), at, parameter, at, count);
                    }
                    pixel += count;
                }
                """, "row", ofImages().row().name())), ofImages().rowMethod());
    }
}
