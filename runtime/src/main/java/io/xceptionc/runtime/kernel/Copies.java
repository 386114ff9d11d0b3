package io.xceptionc.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Moves values between layouts, element by element unchanged. Each method does the rows, pixels or blocks from first to
 * before last.
 */
public final class Copies {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private Copies() {}

    /** The caller's image, {@code [height][width][channels]}, to a layout; rows. */
    public static void read(Frame frame, ImageLayout target, int firstRow, int lastRow) {
        MemorySegment source = frame.input();
        MemorySegment arena = frame.arena();
        long packedPixelBytes = target.channels() * 4L;
        for (int y = firstRow; y < lastRow; y++) {
            long from = frame.inputByteOffset() + (long) y * target.width() * packedPixelBytes;
            if (target.blockChannels() == target.channels()) {
                MemorySegment.copy(source, from, arena, target.origin(0) + y * target.rowBytes(),
                        target.width() * packedPixelBytes);
            } else {
                scatterRow(source, from, arena, target, y);
            }
        }
    }

    private static void scatterRow(MemorySegment source, long from, MemorySegment arena, ImageLayout target, int y) {
        for (int x = 0; x < target.width(); x++) {
            for (int block = 0; block < target.blockCount(); block++) {
                long to = target.origin(block) + y * target.rowBytes() + x * target.pixelBytes();
                MemorySegment.copy(source, from + (x * target.channels() + block * target.blockChannels()) * 4L, arena,
                        to, runBytes(target, block));
            }
        }
    }

    /** A value to the caller's one result, {@code [height][width][channels]}; rows. */
    public static void write(Frame frame, ImageLayout source, int firstRow, int lastRow) {
        write(frame, 0, source, firstRow, lastRow);
    }

    /** A value to one of the caller's results, {@code [height][width][channels]}; rows. */
    public static void write(Frame frame, int output, ImageLayout source, int firstRow, int lastRow) {
        gather(frame.arena(), source, frame.output(output), frame.outputByteOffset(output), firstRow, lastRow);
    }

    /** An image to a vector, {@code [height * width * channels]}; rows. */
    public static void flatten(Frame frame, ImageLayout source, ImageLayout target, int firstRow, int lastRow) {
        gather(frame.arena(), source, frame.arena(), target.origin(0), firstRow, lastRow);
    }

    private static void gather(MemorySegment arena, ImageLayout source, MemorySegment target, long targetByteOffset,
            int firstRow, int lastRow) {
        for (int y = firstRow; y < lastRow; y++) {
            for (int x = 0; x < source.width(); x++) {
                long to = targetByteOffset + ((long) y * source.width() + x) * source.channels() * 4L;
                for (int block = 0; block < source.blockCount(); block++) {
                    long from = source.origin(block) + y * source.rowBytes() + x * source.pixelBytes();
                    MemorySegment.copy(arena, from, target, to + block * source.pixelBytes(), runBytes(source, block));
                }
            }
        }
    }

    private static long runBytes(ImageLayout layout, int block) {
        return Math.min(layout.blockChannels(), layout.channels() - block * layout.blockChannels()) * 4L;
    }

    /** An image to a vector with all pixels of a channel together, {@code [channels * height * width]}; channels. */
    public static void flattenChannelsFirst(Frame frame, ImageLayout source, ImageLayout target, int firstChannel,
            int lastChannel) {
        MemorySegment arena = frame.arena();
        for (int channel = firstChannel; channel < lastChannel; channel++) {
            long from = source.origin(channel / source.blockChannels()) + channel % source.blockChannels() * 4L;
            long to = target.origin(0) + (long) channel * source.pixelCount() * 4L;
            for (int y = 0; y < source.height(); y++) {
                for (int x = 0; x < source.width(); x++, to += 4) {
                    arena.set(FLOAT, to, arena.get(FLOAT, from + y * source.rowBytes() + x * source.pixelBytes()));
                }
            }
        }
    }

    /** All channels of an image to the channels of another from the given one on; rows. */
    public static void concatenate(Frame frame, ImageLayout source, ImageLayout target, int targetChannel, int firstRow,
            int lastRow) {
        for (int y = firstRow; y < lastRow; y++) {
            for (int x = 0; x < source.width(); x++) {
                concatenatePixel(frame.arena(), source, target, targetChannel, y, x);
            }
        }
    }

    private static void concatenatePixel(MemorySegment arena, ImageLayout source, ImageLayout target, int targetChannel,
            int y, int x) {
        for (int done = 0; done < source.channels();) {
            int to = targetChannel + done;
            int run = Math.min(source.channels() - done,
                    Math.min(source.blockChannels() - done % source.blockChannels(),
                            target.blockChannels() - to % target.blockChannels()));
            long fromOffset =
                    source.origin(done / source.blockChannels()) + y * source.rowBytes() + x * source.pixelBytes();
            long toOffset =
                    target.origin(to / target.blockChannels()) + y * target.rowBytes() + x * target.pixelBytes();
            MemorySegment.copy(arena, fromOffset + done % source.blockChannels() * 4L, arena,
                    toOffset + to % target.blockChannels() * 4L, run * 4L);
            done += run;
        }
    }

    /** Each channel several times in a row; rows of input blocks, counted through all blocks. */
    public static void repeatChannels(Frame frame, ImageLayout source, ImageLayout target, int count, int firstRow,
            int lastRow) {
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / source.height();
            int y = row % source.height();
            int firstChannel = block * source.blockChannels();
            int lastChannel = Math.min(source.channels(), firstChannel + source.blockChannels());
            for (int channel = firstChannel; channel < lastChannel; channel++) {
                long from = source.origin(block) + y * source.rowBytes() + (channel - firstChannel) * 4L;
                for (int copy = channel * count; copy < (channel + 1) * count; copy++) {
                    long to = target.origin(copy / target.blockChannels()) + y * target.rowBytes()
                            + copy % target.blockChannels() * 4L;
                    repeatRow(frame.arena(), from, source, to, target);
                }
            }
        }
    }

    private static void repeatRow(MemorySegment arena, long from, ImageLayout source, long to, ImageLayout target) {
        for (int x = 0; x < source.width(); x++) {
            arena.set(FLOAT, to + x * target.pixelBytes(), arena.get(FLOAT, from + x * source.pixelBytes()));
        }
    }

    /** An image into a larger one, the rest of which becomes zero; blocks. */
    public static void pad(Frame frame, ImageLayout source, ImageLayout target, int top, int left, int firstBlock,
            int lastBlock) {
        MemorySegment arena = frame.arena();
        for (int block = firstBlock; block < lastBlock; block++) {
            clear(arena, target.byteOffset() + block * target.blockBytes(), target.blockBytes());
            for (int y = 0; y < source.height(); y++) {
                long from = source.origin(block) + y * source.rowBytes();
                long to = target.origin(block) + (top + y) * target.rowBytes() + left * target.pixelBytes();
                MemorySegment.copy(arena, from, arena, to, source.width() * source.pixelBytes());
            }
        }
    }

    /** A value without the rows above and columns before, and as many after as the target does not have; blocks. */
    public static void crop(Frame frame, ImageLayout source, ImageLayout target, int top, int left, int firstBlock,
            int lastBlock) {
        MemorySegment arena = frame.arena();
        for (int block = firstBlock; block < lastBlock; block++) {
            for (int y = 0; y < target.height(); y++) {
                long from = source.origin(block) + (top + y) * source.rowBytes() + left * source.pixelBytes();
                long to = target.origin(block) + y * target.rowBytes();
                MemorySegment.copy(arena, from, arena, to, target.width() * target.pixelBytes());
            }
        }
    }

    /** Zeros to the border of a value; blocks. */
    public static void clearBorder(Frame frame, ImageLayout layout, int firstBlock, int lastBlock) {
        MemorySegment arena = frame.arena();
        long between = (layout.right() + layout.left()) * layout.pixelBytes();
        for (int block = firstBlock; block < lastBlock; block++) {
            long start = layout.byteOffset() + block * layout.blockBytes();
            long origin = layout.origin(block);
            clear(arena, start, origin - start);
            for (int y = 1; y < layout.height(); y++) {
                clear(arena, origin + y * layout.rowBytes() - between, between);
            }
            long after = origin + (layout.height() - 1) * layout.rowBytes() + layout.width() * layout.pixelBytes();
            clear(arena, after, layout.right() * layout.pixelBytes() + layout.bottom() * layout.rowBytes());
        }
    }

    private static void clear(MemorySegment arena, long start, long bytes) {
        for (long at = start; at < start + bytes; at += 4) {
            arena.set(FLOAT, at, 0);
        }
    }
}
