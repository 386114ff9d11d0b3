package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.BLOCK;
import static io.xceptionc.runtime.kernel.shared.Vectors.LANES;
import static io.xceptionc.runtime.kernel.shared.Vectors.OFF_HEAP;
import static io.xceptionc.runtime.kernel.shared.Vectors.ORDER;
import static io.xceptionc.runtime.kernel.shared.Vectors.SPECIES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * Channels in another order, {@code y[c] = x[source(c)]}, some perhaps several times, others not at all: channel
 * shuffle, each channel repeated, one phase of PyTorch's pixel shuffle. The channels of a pixel go through an array.
 */
public enum PermutationKernel implements SharedKernel {

    /** The only one. */
    PERMUTE_CHANNELS;

    /** Where the channels are in their new order, behind those in the old one. */
    private static final int PERMUTED = ChannelOrder.MOST_CHANNELS;

    private static final List<String> LOOPS = List.of("collect", "permute", "spread");

    @Override
    public Class<?> loopsClass() {
        return PermutationKernel.class;
    }

    @Override
    public List<String> loops() {
        return LOOPS;
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        switch (loop) {
            case 0 -> collect(frame.sums(0), frame.arena(), 0, 0, count);
            case 1 -> permute(frame.sums(0), frame.noPixels(), count);
            default -> spread(frame.sums(0), frame.arena(), 0, 0, count);
        }
    }

    /**
     * Computes the rows from first to before last.
     *
     * @param source the first row and column that are read, and how far apart they are; its channels count from 0
     * @param target the same of what is written
     */
    public void rows(Frame frame, Grid source, Grid target, int columns, ChannelOrder order, int firstRow, int lastRow,
            int part) {
        int blocks = source.layout().blockCount();
        int targetBlocks = target.layout().blockCount();
        for (int row = firstRow; row < lastRow; row++) {
            long from = source.offset(row, 0);
            long to = target.offset(row, 0);
            for (int x = 0; x < columns; x++) {
                float[] channels = frame.sums(part);
                collect(channels, frame.arena(), from + x * source.pixelStep(), source.layout().blockBytes(), blocks);
                permute(channels, order.sources(), order.sources().length);
                spread(channels, frame.arena(), to + x * target.pixelStep(), target.layout().blockBytes(),
                        targetBlocks);
            }
        }
    }

    private static void collect(float[] channels, MemorySegment arena, long from, long step, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int block = 0; block < count; block++) {
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                FloatVector.fromMemorySegment(SPECIES, arena, from + block * step + lane * 4L, ORDER)
                        .intoArray(channels, block * BLOCK + lane);
            }
        }
    }

    /** Number by number: HotSpot makes objects of what a vector gathers, and processors gather no faster. */
    private static void permute(float[] channels, int[] sources, int count) {
        for (int channel = 0; channel < count; channel++) {
            channels[PERMUTED + channel] = channels[sources[channel]];
        }
    }

    private static void spread(float[] channels, MemorySegment arena, long to, long step, int count) {
        if (count == 0 || arena.getClass() != OFF_HEAP) {
            return;
        }
        for (int block = 0; block < count; block++) {
            for (int lane = 0; lane < BLOCK; lane += LANES) {
                FloatVector.fromArray(SPECIES, channels, PERMUTED + block * BLOCK + lane)
                        .intoMemorySegment(arena, to + block * step + lane * 4L, ORDER);
            }
        }
    }
}
