package io.xceptionc.runtime.kernel.shared;

import com.sun.management.ThreadMXBean;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Memory in which kernels find values as a planned network has them: blocks of 32 channels within borders of zeros.
 * What no kernel may read is no number, and what none may write is looked at in the end. All numbers are drawn from a
 * seed.
 */
final class KernelMemory implements AutoCloseable {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int BYTES = 1 << 19;
    private static final int PARTS = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final Frame frame;
    /** Shared, as that of models is: another kind would make HotSpot throw the kernels away. */
    private final Arena memory = Arena.ofShared();
    private final Random random = new Random(1);
    private final List<ImageLayout> layouts = new ArrayList<>();
    private final Map<String, Integer> checks = new LinkedHashMap<>();
    private final Map<String, Integer> allocatingChecks = new HashMap<>();
    private long end;
    private long constantsEnd;
    private int digest;

    /** A kernel's part of the rows, pixels or blocks. */
    interface Part {

        void run(int first, int last);
    }

    /** What should be at a place of a result. */
    interface Expected {

        double at(int y, int x, int channel);
    }

    KernelMemory() {
        frame = new Frame(memory.allocate(BYTES, 64), memory.allocate(BYTES, 64), 1, 1 << 12);
        reset();
    }

    /** Forgets all values. */
    void reset() {
        frame.arena().fill((byte) -1); // not a number
        layouts.clear();
        end = 0;
        constantsEnd = 0;
    }

    /** A place within borders of some pixels. */
    ImageLayout place(int height, int width, int channels, int border) {
        ImageLayout layout = new ImageLayout(end, height, width, channels, ImageLayout.CHANNELS, border, border, border,
                border, height * width == 1 ? 0 : 1);
        end += layout.bytes();
        if (end > BYTES) {
            throw new IllegalStateException("too little memory for " + layout);
        }
        layouts.add(layout);
        return layout;
    }

    /** Forgets all values but a new one with numbers within -scale and scale. */
    ImageLayout resetWith(int height, int width, int channels, int border, float scale) {
        reset();
        return value(height, width, channels, border, scale);
    }

    /** A value with numbers within -scale and scale. */
    ImageLayout value(int height, int width, int channels, int border, float scale) {
        ImageLayout layout = place(height, width, channels, border);
        clearBlocks(layout);
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    frame.arena().set(FLOAT, offset(layout, y, x, channel), (2 * random.nextFloat() - 1) * scale);
                }
            }
        }
        return layout;
    }

    /** Zeros to the borders; past the last channel there is anything. */
    private void clearBlocks(ImageLayout layout) {
        for (int block = 0; block < layout.blockCount(); block++) {
            for (int y = -layout.top(); y < layout.height() + layout.bottom(); y++) {
                for (int x = -layout.left(); x < layout.width() + layout.right(); x++) {
                    boolean inside = y >= 0 && x >= 0 && y < layout.height() && x < layout.width();
                    for (int lane = 0; lane < ImageLayout.CHANNELS && !inside; lane++) {
                        frame.arena().set(FLOAT, layout.origin(block) + y * layout.rowBytes()
                                + x * layout.pixelBytes() + lane * 4L, 0);
                    }
                }
            }
        }
    }

    /** Puts a number into a value. */
    void put(ImageLayout layout, int y, int x, int channel, float number) {
        frame.arena().set(FLOAT, offset(layout, y, x, channel), number);
    }

    /** A number of a value. */
    float get(ImageLayout layout, int y, int x, int channel) {
        return frame.arena().get(FLOAT, offset(layout, y, x, channel));
    }

    /** Where numbers for each channel begin in the constants. */
    long constants(float... numbers) {
        long start = constantsEnd;
        constantsEnd += Math.ceilDiv(numbers.length, ImageLayout.CHANNELS) * ImageLayout.PIXEL_BYTES;
        for (int i = 0; i < numbers.length; i++) {
            frame.constants().set(FLOAT, start + i * 4L, numbers[i]);
        }
        return start;
    }

    /** As many numbers within -1 and 1. */
    float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 2 * random.nextFloat() - 1;
        }
        return numbers;
    }

    /** The numbers of a value, {@code [height][width][channels]}. */
    double[][][] values(ImageLayout layout) {
        double[][][] values = new double[layout.height()][layout.width()][layout.channels()];
        for (int y = 0; y < layout.height(); y++) {
            for (int x = 0; x < layout.width(); x++) {
                for (int channel = 0; channel < layout.channels(); channel++) {
                    values[y][x][channel] = get(layout, y, x, channel);
                }
            }
        }
        return values;
    }

    private static long offset(ImageLayout layout, int y, int x, int channel) {
        return layout.origin(channel / ImageLayout.CHANNELS) + y * layout.rowBytes() + x * layout.pixelBytes()
                + channel % ImageLayout.CHANNELS * 4L;
    }

    /** Runs a kernel in parts and holds its result against what is expected, relative to the larger of that and 1. */
    void check(String what, ImageLayout result, int count, Part kernel, double tolerance, Expected expected) {
        float[] before = frame.arena().toArray(FLOAT);
        kernel.run(0, count / PARTS);
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        for (int part = 1; part < PARTS; part++) {
            kernel.run(count * part / PARTS, count * (part + 1) / PARTS);
        }
        checks.merge(what, 1, Integer::sum);
        allocatingChecks.merge(what, THREADS.getCurrentThreadAllocatedBytes() == allocated ? 0 : 1, Integer::sum);
        compare(what, result, tolerance, expected);
        requireNothingElse(what, result, before);
    }

    private void compare(String what, ImageLayout result, double tolerance, Expected expected) {
        for (int channel = 0; channel < result.channels(); channel++) {
            for (int y = 0; y < result.height(); y++) {
                for (int x = 0; x < result.width(); x++) {
                    float found = get(result, y, x, channel);
                    double wanted = expected.at(y, x, channel);
                    boolean right = Double.isNaN(wanted)
                            ? Float.isNaN(found)
                            : (float) wanted == found
                                    || Math.abs(found - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
                    if (!right) {
                        throw new AssertionError(what + " to " + result + ": at " + y + ", " + x + ", " + channel
                                + " is " + found + ", not " + wanted);
                    }
                    digest = 31 * digest + Float.floatToIntBits(found);
                }
            }
        }
    }

    /** A kernel writes whole pixels of the result's blocks; nothing else, the border least of all. */
    private void requireNothingElse(String what, ImageLayout result, float[] before) {
        float[] after = frame.arena().toArray(FLOAT);
        for (int block = 0; block < result.blockCount(); block++) {
            for (int y = 0; y < result.height(); y++) {
                int start = (int) ((result.origin(block) + y * result.rowBytes()) / 4);
                int count = result.width() * ImageLayout.CHANNELS;
                System.arraycopy(before, start, after, start, count);
            }
        }
        int place = Arrays.mismatch(before, after);
        if (place >= 0) {
            throw new AssertionError(what + " to " + result + " wrote beside it, at " + place * 4L);
        }
    }

    /**
     * What runs allocate would be in every check; the JVM itself allocates something where code comes to a place for
     * the first time.
     */
    void requireNoAllocation() {
        checks.forEach((what, count) -> {
            if (allocatingChecks.get(what) > count / 2 + 1) {
                throw new AssertionError(what + " allocates in " + allocatingChecks.get(what) + " of " + count);
            }
        });
    }

    /** A digest of all bits of all results. */
    int digest() {
        return digest;
    }

    @Override
    public void close() {
        memory.close();
    }
}
