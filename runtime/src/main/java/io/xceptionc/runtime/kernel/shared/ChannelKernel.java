package io.xceptionc.runtime.kernel.shared;

import static io.xceptionc.runtime.kernel.shared.Vectors.BLOCK;
import static io.xceptionc.runtime.kernel.shared.Vectors.FLOAT;
import static io.xceptionc.runtime.kernel.shared.Vectors.PIXEL_BYTES;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.Arrays;
import java.util.List;

/** The channels of each pixel reduced to one, {@code [h, w, c] -> [h, w, 1]}. */
public enum ChannelKernel implements SharedKernel {

    /** Their mean. */
    AVG_CHANNELS,
    /** Their maximum. */
    MAX_CHANNELS,
    /** The number of the greatest, of several equal ones the first; what is no number is never the greatest. */
    ARGMAX_CHANNELS;

    private static final int CHUNK = 64;
    private static final int NUMBERS = CHUNK * BLOCK;

    @Override
    public Class<?> loopsClass() {
        return ChannelLoops.class;
    }

    @Override
    public List<String> loops() {
        return switch (this) {
            case AVG_CHANNELS -> List.of("addLanes", "foldSums");
            case MAX_CHANNELS -> List.of("maxLanes", "foldMaxima");
            case ARGMAX_CHANNELS -> List.of("takeGreater", "foldGreatest");
        };
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        if (loop == 0) {
            take(frame, 0, count, 0, 0, frame.sums(0));
        } else {
            fold(frame, count, 0);
        }
    }

    /** Reduces the pixels of rows from first to before last. */
    public void rows(Frame frame, ImageLayout input, ImageLayout output, int firstRow, int lastRow, int part) {
        float[] lanes = frame.sums(part);
        for (int y = firstRow; y < lastRow; y++) {
            for (int x = 0; x < input.width(); x += CHUNK) {
                int count = Math.min(CHUNK, input.width() - x);
                start(count, lanes);
                for (int block = 0; block < input.blockCount(); block++) {
                    take(frame, input.origin(block) + y * input.rowBytes() + x * PIXEL_BYTES, count,
                            Math.min(BLOCK, input.channels() - block * BLOCK), block * BLOCK, lanes);
                }
                fold(frame, count, part);
                write(frame, output.origin(0) + y * output.rowBytes() + x * PIXEL_BYTES, count, input.channels(),
                        lanes);
            }
        }
    }

    private void start(int count, float[] lanes) {
        Arrays.fill(lanes, 0, count * BLOCK, this == AVG_CHANNELS ? 0 : Float.NEGATIVE_INFINITY);
        if (this == ARGMAX_CHANNELS) {
            Arrays.fill(lanes, NUMBERS, NUMBERS + count * BLOCK, 0);
        }
    }

    private void take(Frame frame, long from, int count, int valid, int firstChannel, float[] lanes) {
        switch (this) {
            case AVG_CHANNELS -> ChannelLoops.addLanes(lanes, frame.arena(), from, count, valid);
            case MAX_CHANNELS -> ChannelLoops.maxLanes(lanes, frame.arena(), from, count, valid);
            case ARGMAX_CHANNELS ->
                    ChannelLoops.takeGreater(lanes, frame.arena(), from, count, valid, firstChannel, NUMBERS);
        }
    }

    private void fold(Frame frame, int count, int part) {
        float[] lanes = frame.sums(part);
        switch (this) {
            case AVG_CHANNELS -> ChannelLoops.foldSums(lanes, count);
            case MAX_CHANNELS -> ChannelLoops.foldMaxima(lanes, count);
            case ARGMAX_CHANNELS -> ChannelLoops.foldGreatest(lanes, count, NUMBERS);
        }
    }

    private void write(Frame frame, long to, int count, int channels, float[] lanes) {
        int first = this == ARGMAX_CHANNELS ? NUMBERS : 0;
        float divisor = this == AVG_CHANNELS ? channels : 1;
        for (int pixel = 0; pixel < count; pixel++) {
            frame.arena().set(FLOAT, to + pixel * PIXEL_BYTES, lanes[first + pixel * BLOCK] / divisor);
        }
    }
}
