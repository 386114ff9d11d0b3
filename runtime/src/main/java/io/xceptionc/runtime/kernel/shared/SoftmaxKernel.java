package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.BLOCK;
import static io.xceptionc.runtime.kernel.shared.Vectors.FLOAT;
import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * {@code exp(x - max) / sum} over the channels of each pixel. The sum goes channel by channel, so that it is the same
 * for every width of vectors, and in double, so that it is right for any number of channels.
 */
public enum SoftmaxKernel implements SharedKernel {

    /** The only one. */
    SOFTMAX;

    @Override
    public Class<?> loopsClass() {
        return SoftmaxKernel.class;
    }

    @Override
    public List<String> loops() {
        return List.of("exponentials", "quotients");
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        if (loop == 0) {
            exponentials(frame.arena(), 0, 0, 0, 0, count, 0);
        } else {
            quotients(frame.arena(), 0, 0, count, 1);
        }
    }

    /** Normalises the pixels from first to before last. */
    public void normalise(Frame frame, ImageLayout input, ImageLayout output, int firstPixel, int lastPixel) {
        for (int pixel = firstPixel; pixel < lastPixel; pixel++) {
            int y = pixel / input.width();
            int x = pixel % input.width();
            normalisePixel(frame, input.origin(0) + y * input.rowBytes() + x * PIXEL_BYTES, input.blockBytes(),
                    output.origin(0) + y * output.rowBytes() + x * PIXEL_BYTES, output.blockBytes(),
                    input.channels());
        }
    }

    private static void normalisePixel(Frame frame, long source, long sourceBlockBytes, long to, long toBlockBytes,
            int channels) {
        MemorySegment arena = frame.arena();
        float greatest = Float.NEGATIVE_INFINITY;
        for (int channel = 0; channel < channels; channel++) {
            long from = source + channel / BLOCK * sourceBlockBytes + channel % BLOCK * 4L;
            greatest = Math.max(greatest, arena.get(FLOAT, from));
        }
        int blockCount = Math.ceilDiv(channels, BLOCK);
        exponentials(arena, source, sourceBlockBytes, to, toBlockBytes, blockCount, greatest);
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            sum += arena.get(FLOAT, to + channel / BLOCK * toBlockBytes + channel % BLOCK * 4L);
        }
        quotients(arena, to, toBlockBytes, blockCount, (float) sum);
    }

    private static void exponentials(MemorySegment arena, long from, long step, long to, long toStep, int count,
            float greatest) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int block = 0; block < count; block++) {
            for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + block * step + lane, ORDER);
                VectorFunctions.exponential(x.sub(greatest))
                        .intoMemorySegment(arena, to + block * toStep + lane, ORDER);
            }
        }
    }

    private static void quotients(MemorySegment arena, long to, long toStep, int count, float sum) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int block = 0; block < count; block++) {
            for (long lane = 0; lane < PIXEL_BYTES; lane += VECTOR_BYTES) {
                long at = to + block * toStep + lane;
                FloatVector.fromMemorySegment(SPECIES, arena, at, ORDER).div(sum).intoMemorySegment(arena, at, ORDER);
            }
        }
    }
}
