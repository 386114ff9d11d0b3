package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.op.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which pixels of the input a convolution with stride 1 reads along one axis: its position {@code m} those from {@code
 * m + first} on.
 *
 * @param first what the first position reads first; negative for what lies before the image
 * @param taps for each tap, that of the transposed kernel that it is, or {@link #NONE}
 * @param dilation distance of the taps
 * @param positions how many results there are
 * @param size of the input
 */
record Reach(int first, List<Integer> taps, int dilation, int positions, int size) {

    /** A tap of zeros. */
    static final int NONE = -1;

    Reach {
        taps = List.copyOf(taps);
    }

    /**
     * One axis of a transposed convolution.
     *
     * @param kernel how many taps it has
     * @param stride how far apart pixels are spread
     * @param dilation distance of the taps
     * @param cut what is cut off before the result
     * @param input the size of the input
     * @param output the size of the result
     */
    record Axis(int kernel, int stride, int dilation, int cut, int input, int output) {

        /** The taps, last first, that meet the result's pixels {@code phase}, {@code phase + stride} and so on. */
        Reach phase(int phase) {
            List<Integer> taps = new ArrayList<>();
            for (int tap = kernel - 1; tap >= 0; tap--) {
                if ((phase + cut - tap * dilation) % stride == 0) {
                    taps.add(tap);
                }
            }
            int positions = Math.ceilDiv(output - phase, stride);
            Reach none = new Reach(0, List.of(NONE), 1, positions, input);
            if (taps.isEmpty()) {
                return none;
            }
            int first = (phase + cut - taps.getFirst() * dilation) / stride;
            int distance = taps.size() == 1 ? 1 : (taps.get(0) - taps.get(1)) * dilation / stride;
            Reach reach = new Reach(first, taps, distance, positions, input);
            return reach.last() < 0 || first >= input ? none : reach;
        }

        /**
         * As many neighbouring taps as the phase with the most has; which of the kernel's they are differs from phase
         * to phase.
         */
        Reach allPhases() {
            int taps = Math.ceilDiv((kernel - 1) * dilation + 1, stride);
            int positions = (cut + output - 1) / stride - cut / stride + 1;
            return new Reach(cut / stride - (taps - 1),
                    IntStream.range(0, taps).map(tap -> taps - 1 - tap).boxed().toList(),
                    1, positions, input);
        }

        /** The tap of the kernel that is one of {@link #allPhases} in a phase, counted from what nothing is cut off. */
        int tap(int phase, int step) {
            int place = step * stride + phase;
            return place % dilation == 0 && place / dilation < kernel ? place / dilation : NONE;
        }

        /** What {@link #allPhases} yields before the result. */
        int spareBefore() {
            return cut % stride;
        }

        /** What {@link #allPhases} yields after the result. */
        int spareAfter() {
            return allPhases().positions() * stride - spareBefore() - output;
        }
    }

    private int last() {
        return first + positions - 1 + (taps.size() - 1) * dilation;
    }

    /** How many pixels of the image no position reads, before the first that one does. */
    int unreadBefore() {
        return Math.max(first, 0);
    }

    /** How many no position reads after the last that one does. */
    int unreadAfter() {
        return Math.max(size - 1 - last(), 0);
    }

    /** Of both axes: zeros that are read around the image. */
    static Padding padding(Reach rows, Reach columns) {
        return new Padding(Math.max(-rows.first, 0), Math.max(rows.last() - rows.size + 1, 0),
                Math.max(-columns.first, 0), Math.max(columns.last() - columns.size + 1, 0));
    }

    /** Of both axes: what of the image nothing reads. */
    static Padding unread(Reach rows, Reach columns) {
        return new Padding(rows.unreadBefore(), rows.unreadAfter(), columns.unreadBefore(), columns.unreadAfter());
    }
}
