package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.BLOCK;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * The channels of each pixel by what they are together, {@code [h, w, c] -> [h, w, c]}; the result may replace the
 * input.
 */
public enum PixelNormKernel implements SharedKernel {

    /**
     * {@code (x - mean) / sqrt(variance + epsilon) * scale + shift}, layer normalisation; the variance is that of all,
     * not of a sample.
     */
    LAYER_NORM("addLanes", "foldSums", "addSquares", "normalisePixels"),
    /** {@code x / sqrt(mean of squares + epsilon) * scale + shift}. */
    RMS_NORM("addSquares", "foldSums", "normalisePixels"),
    /** {@code x / sqrt(max(sum of squares, epsilon))}. */
    L2_NORM("addSquares", "foldSums", "shiftAndScale"),
    /** {@code x - log(sum of exp(x))}. */
    LOG_SOFTMAX("maxLanes", "foldMaxima", "addExponentials", "foldSums", "shiftTwice");

    private static final int CHUNK = 64;
    private static final int FIRST = CHUNK * BLOCK;
    private static final int SECOND = FIRST + CHUNK;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> loops;

    PixelNormKernel(String... loops) {
        this.loops = List.of(loops);
    }

    @Override
    public Class<?> loopsClass() {
        return ChannelLoops.class;
    }

    @Override
    public List<String> loops() {
        return loops;
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        float[] lanes = frame.sums(0);
        MemorySegment arena = frame.arena();
        switch (loops.get(loop)) {
            case "addLanes" -> ChannelLoops.addLanes(lanes, arena, 0, count, 0);
            case "addSquares" -> ChannelLoops.addSquares(lanes, arena, 0, count, 0, lanes, FIRST);
            case "addExponentials" -> ChannelLoops.addExponentials(lanes, arena, 0, count, 0, lanes, FIRST);
            case "maxLanes" -> ChannelLoops.maxLanes(lanes, arena, 0, count, 0);
            case "foldSums" -> ChannelLoops.foldSums(lanes, count);
            case "foldMaxima" -> ChannelLoops.foldMaxima(lanes, count);
            case "shiftAndScale" -> ChannelLoops.shiftAndScale(lanes, arena, 0, 0, count, FIRST, SECOND);
            case "shiftTwice" -> ChannelLoops.shiftTwice(lanes, arena, 0, 0, count, FIRST, SECOND);
            default -> ChannelLoops.normalisePixels(lanes, arena, 0, 0, count, frame.constants(), 0, 0, FIRST, SECOND);
        }
    }

    /**
     * Computes the pixels of rows from first to before last.
     *
     * @param scale where in the constants the scales of channels are, {@code [block][32]}, if the kernel has some
     * @param shift where the shifts are
     */
    public void rows(Frame frame, ImageLayout input, ImageLayout output, float epsilon, long scale, long shift,
            int firstRow, int lastRow, int part) {
        float[] lanes = frame.sums(part);
        for (int y = firstRow; y < lastRow; y++) {
            for (int x = 0; x < input.width(); x += CHUNK) {
                int count = Math.min(CHUNK, input.width() - x);
                long pixel = y * input.rowBytes() + x * PIXEL_BYTES;
                statistics(frame, input, pixel, count, epsilon, lanes);
                for (int block = 0; block < input.blockCount(); block++) {
                    apply(frame, input.origin(block) + pixel,
                            output.origin(block) + y * output.rowBytes() + x * PIXEL_BYTES, count,
                            scale + block * PIXEL_BYTES, shift + block * PIXEL_BYTES, lanes);
                }
            }
        }
    }

    /** What the pixels' channels are together, two numbers for each pixel. */
    private void statistics(Frame frame, ImageLayout input, long pixel, int count, float epsilon, float[] lanes) {
        switch (this) {
            case LAYER_NORM -> {
                addBlocks(frame, input, pixel, count, lanes);
                for (int i = 0; i < count; i++) {
                    lanes[FIRST + i] = lanes[i * BLOCK] / input.channels();
                }
                addSquaresOfBlocks(frame, input, pixel, count, lanes);
                for (int i = 0; i < count; i++) {
                    lanes[SECOND + i] = inverseRoot(lanes[i * BLOCK] / (double) input.channels() + epsilon);
                }
            }
            case RMS_NORM -> {
                Arrays.fill(lanes, FIRST, FIRST + count, 0);
                addSquaresOfBlocks(frame, input, pixel, count, lanes);
                for (int i = 0; i < count; i++) {
                    lanes[SECOND + i] = inverseRoot(lanes[i * BLOCK] / (double) input.channels() + epsilon);
                }
            }
            case L2_NORM -> {
                Arrays.fill(lanes, FIRST, FIRST + count, 0);
                addSquaresOfBlocks(frame, input, pixel, count, lanes);
                for (int i = 0; i < count; i++) {
                    lanes[SECOND + i] = inverseRoot(Math.max(lanes[i * BLOCK], epsilon));
                }
            }
            case LOG_SOFTMAX -> {
                maxOfBlocks(frame, input, pixel, count, lanes);
                for (int i = 0; i < count; i++) {
                    lanes[FIRST + i] = lanes[i * BLOCK];
                }
                addExponentialsOfBlocks(frame, input, pixel, count, lanes);
                for (int i = 0; i < count; i++) {
                    lanes[SECOND + i] = (float) StrictMath.log(lanes[i * BLOCK]);
                }
            }
        }
    }

    private static float inverseRoot(double x) {
        return (float) (1 / Math.sqrt(x));
    }

    private static void addBlocks(Frame frame, ImageLayout input, long pixel, int count, float[] lanes) {
        Arrays.fill(lanes, 0, count * BLOCK, 0);
        for (int block = 0; block < input.blockCount(); block++) {
            ChannelLoops.addLanes(lanes, frame.arena(), input.origin(block) + pixel, count, valid(input, block));
        }
        ChannelLoops.foldSums(lanes, count);
    }

    private static void addSquaresOfBlocks(Frame frame, ImageLayout input, long pixel, int count, float[] lanes) {
        Arrays.fill(lanes, 0, count * BLOCK, 0);
        for (int block = 0; block < input.blockCount(); block++) {
            ChannelLoops.addSquares(lanes, frame.arena(), input.origin(block) + pixel, count, valid(input, block),
                    lanes, FIRST);
        }
        ChannelLoops.foldSums(lanes, count);
    }

    private static void maxOfBlocks(Frame frame, ImageLayout input, long pixel, int count, float[] lanes) {
        Arrays.fill(lanes, 0, count * BLOCK, Float.NEGATIVE_INFINITY);
        for (int block = 0; block < input.blockCount(); block++) {
            ChannelLoops.maxLanes(lanes, frame.arena(), input.origin(block) + pixel, count, valid(input, block));
        }
        ChannelLoops.foldMaxima(lanes, count);
    }

    private static void addExponentialsOfBlocks(Frame frame, ImageLayout input, long pixel, int count, float[] lanes) {
        Arrays.fill(lanes, 0, count * BLOCK, 0);
        for (int block = 0; block < input.blockCount(); block++) {
            ChannelLoops.addExponentials(lanes, frame.arena(), input.origin(block) + pixel, count, valid(input, block),
                    lanes, FIRST);
        }
        ChannelLoops.foldSums(lanes, count);
    }

    /** How many lanes of a block are channels. */
    private static int valid(ImageLayout input, int block) {
        return Math.min(BLOCK, input.channels() - block * BLOCK);
    }

    private void apply(Frame frame, long from, long to, int count, long scale, long shift, float[] lanes) {
        MemorySegment arena = frame.arena();
        switch (this) {
            case LAYER_NORM, RMS_NORM ->
                    ChannelLoops.normalisePixels(lanes, arena, from, to, count, frame.constants(), scale, shift,
                            FIRST, SECOND);
            case L2_NORM -> ChannelLoops.shiftAndScale(lanes, arena, from, to, count, FIRST, SECOND);
            case LOG_SOFTMAX -> ChannelLoops.shiftTwice(lanes, arena, from, to, count, FIRST, SECOND);
        }
    }
}
