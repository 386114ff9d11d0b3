package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.BLOCK;
import static io.xceptionc.runtime.kernel.shared.Vectors.FLOAT;
import static io.xceptionc.runtime.kernel.shared.Vectors.LANES;
import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;
import static io.xceptionc.runtime.kernel.shared.Vectors.VECTOR_BYTES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * {@code (x - mean) / sqrt(variance + epsilon) * scale + shift} with mean and variance of some channels of the whole
 * image, {@code [h, w, c] -> [h, w, c]}: instance normalisation with groups of one channel, group normalisation with
 * larger ones, and with one group that of a layer over all its values. Sums go by columns, then over these, then over
 * the channels of a group, in an order that is the same for every width of vectors. The result may replace the input.
 */
public enum GroupNormKernel implements SharedKernel {

    /** The only one. */
    GROUP_NORM;

    /** The most channels of the blocks that must be computed together, {@link #blocksOfUnit}. */
    public static final int MOST_CHANNELS_OF_UNIT = 2048;

    private static final int CHUNK = 64;
    private static final int SUMS = CHUNK * BLOCK;
    private static final int MEANS = SUMS + MOST_CHANNELS_OF_UNIT;
    private static final int FACTORS = MEANS + MOST_CHANNELS_OF_UNIT;

    private static final List<String> LOOPS = List.of("addColumns", "addSquares", "foldColumns", "normaliseChannels");

    @Override
    public Class<?> loopsClass() {
        return GroupNormKernel.class;
    }

    @Override
    public List<String> loops() {
        return LOOPS;
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        float[] numbers = frame.sums(0);
        switch (loop) {
            case 0 -> addColumns(numbers, frame.arena(), 0, count);
            case 1 -> addSquares(numbers, MEANS, frame.arena(), 0, count);
            case 2 -> foldColumns(numbers, SUMS, count);
            default -> normaliseChannels(numbers, MEANS, FACTORS, frame.arena(), 0, 0, count, frame.constants(), 0);
        }
    }

    /**
     * How many blocks must be computed together, as groups lie across them: channels of a group and of a block begin
     * there at once.
     */
    public static int blocksOfUnit(int channels, int groups) {
        int ofGroup = channels / groups;
        int blocks = 1;
        while (blocks * BLOCK % ofGroup != 0 && blocks * BLOCK < channels) {
            blocks++;
        }
        return blocks;
    }

    /**
     * Computes units from first to before last, each of {@link #blocksOfUnit} blocks.
     *
     * @param scale where in the constants the scales of channels are, {@code [block][32]}
     * @param shift where the shifts are
     */
    public void units(Frame frame, ImageLayout input, ImageLayout output, int groups, float epsilon, long scale,
            long shift, int firstUnit, int lastUnit, int part) {
        int blocks = blocksOfUnit(input.channels(), groups);
        float[] numbers = frame.sums(part);
        for (int unit = firstUnit; unit < lastUnit; unit++) {
            int firstBlock = unit * blocks;
            int lastBlock = Math.min(input.blockCount(), firstBlock + blocks);
            int ofGroup = input.channels() / groups;
            int channels = Math.min(input.channels(), lastBlock * BLOCK) - firstBlock * BLOCK;
            Arrays.fill(numbers, MEANS, MEANS + (lastBlock - firstBlock) * BLOCK, 0);
            sum(frame, input, firstBlock, lastBlock, false, numbers);
            means(numbers, channels, ofGroup, (double) input.pixelCount() * ofGroup);
            sum(frame, input, firstBlock, lastBlock, true, numbers);
            factors(frame, numbers, channels, ofGroup, (double) input.pixelCount() * ofGroup, epsilon,
                    scale + firstBlock * PIXEL_BYTES);
            for (int block = firstBlock; block < lastBlock; block++) {
                normaliseBlock(frame, input, output, block, (block - firstBlock) * BLOCK,
                        shift + block * PIXEL_BYTES, numbers);
            }
        }
    }

    /** The sum over the image for each channel, of what it is or of the square of how far it is from its mean. */
    private static void sum(Frame frame, ImageLayout input, int firstBlock, int lastBlock, boolean squares,
            float[] numbers) {
        for (int block = firstBlock; block < lastBlock; block++) {
            int channel = (block - firstBlock) * BLOCK;
            Arrays.fill(numbers, SUMS + channel, SUMS + channel + BLOCK, 0);
            for (int x = 0; x < input.width(); x += CHUNK) {
                int count = Math.min(CHUNK, input.width() - x);
                Arrays.fill(numbers, 0, count * BLOCK, 0);
                for (int y = 0; y < input.height(); y++) {
                    long from = input.origin(block) + y * input.rowBytes() + x * PIXEL_BYTES;
                    if (squares) {
                        addSquares(numbers, MEANS + channel, frame.arena(), from, count);
                    } else {
                        addColumns(numbers, frame.arena(), from, count);
                    }
                }
                foldColumns(numbers, SUMS + channel, count);
            }
        }
    }

    private static void means(float[] numbers, int channels, int ofGroup, double count) {
        for (int first = 0; first < channels; first += ofGroup) {
            Arrays.fill(numbers, MEANS + first, MEANS + first + ofGroup,
                    (float) (total(numbers, first, ofGroup) / count));
        }
    }

    private static void factors(Frame frame, float[] numbers, int channels, int ofGroup, double count, float epsilon,
            long scale) {
        for (int first = 0; first < channels; first += ofGroup) {
            float factor = (float) (1 / Math.sqrt(total(numbers, first, ofGroup) / count + epsilon));
            for (int channel = first; channel < first + ofGroup; channel++) {
                numbers[FACTORS + channel] = factor * frame.constants().get(FLOAT, scale + channel * 4L);
            }
        }
    }

    private static double total(float[] numbers, int firstChannel, int count) {
        double total = 0;
        for (int channel = firstChannel; channel < firstChannel + count; channel++) {
            total += numbers[SUMS + channel];
        }
        return total;
    }

    private static void normaliseBlock(Frame frame, ImageLayout input, ImageLayout output, int block, int channel,
            long shift, float[] numbers) {
        for (int y = 0; y < input.height(); y++) {
            normaliseChannels(numbers, MEANS + channel, FACTORS + channel, frame.arena(),
                    input.origin(block) + y * input.rowBytes(), output.origin(block) + y * output.rowBytes(),
                    input.width(), frame.constants(), shift);
        }
    }

    private static void addColumns(float[] sums, MemorySegment arena, long from, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER);
            FloatVector.fromArray(SPECIES, sums, (int) (at / 4)).add(x).intoArray(sums, (int) (at / 4));
        }
    }

    private static void addSquares(float[] sums, int means, MemorySegment arena, long from, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER)
                    .sub(FloatVector.fromArray(SPECIES, sums, means + (int) (at % PIXEL_BYTES / 4)));
            x.fma(x, FloatVector.fromArray(SPECIES, sums, (int) (at / 4))).intoArray(sums, (int) (at / 4));
        }
    }

    private static void foldColumns(float[] sums, int to, int count) {
        if (count == 0) {
            return;
        }
        for (int pixel = 0; pixel < count; pixel++) {
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                FloatVector.fromArray(SPECIES, sums, to + lane)
                        .add(FloatVector.fromArray(SPECIES, sums, pixel * BLOCK + lane)).intoArray(sums, to + lane);
            }
        }
    }

    private static void normaliseChannels(float[] numbers, int means, int factors, MemorySegment arena, long from,
            long to, int count, MemorySegment constants, long shift) {
        if (count == 0 || arena.getClass() != OFF_HEAP || constants.getClass() != OFF_HEAP) {
            return;
        }
        long bytes = count * PIXEL_BYTES;
        for (long at = 0; at < bytes; at += VECTOR_BYTES) {
            long lane = at % PIXEL_BYTES;
            FloatVector.fromMemorySegment(SPECIES, arena, from + at, ORDER)
                    .sub(FloatVector.fromArray(SPECIES, numbers, means + (int) (lane / 4)))
                    .fma(FloatVector.fromArray(SPECIES, numbers, factors + (int) (lane / 4)),
                            FloatVector.fromMemorySegment(SPECIES, constants, shift + lane, ORDER))
                    .intoMemorySegment(arena, to + at, ORDER);
        }
    }
}
