package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Two values element by element, {@code [h, w, c] x [h, w, c] -> [h, w, c]}. The second may also have one element for
 * each channel, {@code [1, 1, c]} (constants whose names end in CHANNELS), or one for each pixel or for all, {@code [h,
 * w, 1]} or {@code [1, 1, 1]} (in PIXELS). The result may replace an input of its shape.
 */
@SuppressWarnings("EnumOrdinal") // the order is that of the forms, each with all operations
public enum MergeKernel implements SharedKernel {

    /** {@code a + b}. */
    ADD,
    /** {@code a - b}. */
    SUBTRACT,
    /** {@code b - a}. */
    SUBTRACT_FROM,
    /** {@code a * b}. */
    MULTIPLY,
    /** {@code max(a, b)}. */
    MAXIMUM,
    /** {@code min(a, b)}. */
    MINIMUM,
    /** {@code a / b}. */
    DIVIDE,
    /** {@code a + b}, {@code b} by channel. */
    ADD_CHANNELS,
    /** {@code a - b}, {@code b} by channel. */
    SUBTRACT_CHANNELS,
    /** {@code b - a}, {@code b} by channel. */
    SUBTRACT_FROM_CHANNELS,
    /** {@code a * b}, {@code b} by channel. */
    MULTIPLY_CHANNELS,
    /** {@code max(a, b)}, {@code b} by channel. */
    MAXIMUM_CHANNELS,
    /** {@code min(a, b)}, {@code b} by channel. */
    MINIMUM_CHANNELS,
    /** {@code a / b}, {@code b} by channel. */
    DIVIDE_CHANNELS,
    /** {@code a + b}, {@code b} by pixel. */
    ADD_PIXELS,
    /** {@code a - b}, {@code b} by pixel. */
    SUBTRACT_PIXELS,
    /** {@code b - a}, {@code b} by pixel. */
    SUBTRACT_FROM_PIXELS,
    /** {@code a * b}, {@code b} by pixel. */
    MULTIPLY_PIXELS,
    /** {@code max(a, b)}, {@code b} by pixel. */
    MAXIMUM_PIXELS,
    /** {@code min(a, b)}, {@code b} by pixel. */
    MINIMUM_PIXELS,
    /** {@code a / b}, {@code b} by pixel. */
    DIVIDE_PIXELS;

    private static final String BY_CHANNEL = "_CHANNELS";
    private static final String BY_PIXEL = "_PIXELS";

    /** What it is for a second value of another shape, of which it is known that it fits. */
    public MergeKernel with(ImageLayout output, ImageLayout other) {
        String operation = name().replace(BY_CHANNEL, "").replace(BY_PIXEL, "");
        if (other.height() == output.height() && other.width() == output.width()
                && other.channels() == output.channels()) {
            return valueOf(operation);
        }
        return valueOf(operation + (other.channels() == 1 ? BY_PIXEL : BY_CHANNEL));
    }

    @Override
    public Class<?> loopsClass() {
        if (name().endsWith(BY_CHANNEL)) {
            return ChannelMergeLoops.class;
        }
        return name().endsWith(BY_PIXEL) ? PixelMergeLoops.class : MergeLoops.class;
    }

    @Override
    public List<String> loops() {
        return List.of(label());
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        run(frame, 0, 0, 0, 0, count);
    }

    /** Computes the rows of blocks from first to before last, counted through all blocks. */
    public void rows(Frame frame, ImageLayout input, ImageLayout other, ImageLayout output, int firstRow, int lastRow) {
        boolean byChannel = loopsClass() == ChannelMergeLoops.class;
        boolean byPixel = loopsClass() == PixelMergeLoops.class;
        long otherStep = other.width() == 1 ? 0 : other.pixelBytes();
        for (int row = firstRow; row < lastRow; row++) {
            int block = row / output.height();
            int y = row % output.height();
            long from = input.origin(block) + y * input.rowBytes();
            long origin = other.origin(byPixel ? 0 : block);
            long second = byChannel || other.height() == 1 ? origin : origin + y * other.rowBytes();
            run(frame, from, second, otherStep, output.origin(block) + y * output.rowBytes(), output.width());
        }
    }

    private void run(Frame frame, long from, long other, long otherStep, long to, int count) {
        MemorySegment arena = frame.arena();
        switch (this) {
            case ADD -> MergeLoops.add(arena, from, other, to, count);
            case SUBTRACT -> MergeLoops.subtract(arena, from, other, to, count);
            case SUBTRACT_FROM -> MergeLoops.subtractFrom(arena, from, other, to, count);
            case MULTIPLY -> MergeLoops.multiply(arena, from, other, to, count);
            case MAXIMUM -> MergeLoops.maximum(arena, from, other, to, count);
            case MINIMUM -> MergeLoops.minimum(arena, from, other, to, count);
            case DIVIDE -> MergeLoops.divide(arena, from, other, to, count);
            case ADD_CHANNELS -> ChannelMergeLoops.addChannels(arena, from, other, to, count);
            case SUBTRACT_CHANNELS -> ChannelMergeLoops.subtractChannels(arena, from, other, to, count);
            case SUBTRACT_FROM_CHANNELS -> ChannelMergeLoops.subtractFromChannels(arena, from, other, to, count);
            case MULTIPLY_CHANNELS -> ChannelMergeLoops.multiplyChannels(arena, from, other, to, count);
            case MAXIMUM_CHANNELS -> ChannelMergeLoops.maximumChannels(arena, from, other, to, count);
            case MINIMUM_CHANNELS -> ChannelMergeLoops.minimumChannels(arena, from, other, to, count);
            case DIVIDE_CHANNELS -> ChannelMergeLoops.divideChannels(arena, from, other, to, count);
            case ADD_PIXELS -> PixelMergeLoops.addPixels(arena, from, other, otherStep, to, count);
            case SUBTRACT_PIXELS -> PixelMergeLoops.subtractPixels(arena, from, other, otherStep, to, count);
            case SUBTRACT_FROM_PIXELS -> PixelMergeLoops.subtractFromPixels(arena, from, other, otherStep, to, count);
            case MULTIPLY_PIXELS -> PixelMergeLoops.multiplyPixels(arena, from, other, otherStep, to, count);
            case MAXIMUM_PIXELS -> PixelMergeLoops.maximumPixels(arena, from, other, otherStep, to, count);
            case MINIMUM_PIXELS -> PixelMergeLoops.minimumPixels(arena, from, other, otherStep, to, count);
            case DIVIDE_PIXELS -> PixelMergeLoops.dividePixels(arena, from, other, otherStep, to, count);
        }
    }
}
