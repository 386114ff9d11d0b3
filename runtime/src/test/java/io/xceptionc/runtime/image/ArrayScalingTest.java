package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayScalingTest {

    private static final ChannelScaling CENTRED = new ChannelScaling(1 / 127.5, -1);

    @Test
    void eachChannelHasItsOwnScale() {
        ArrayScaling scaling = new ArrayScaling(List.of(new ChannelScaling(2, 0), new ChannelScaling(1, -3)));
        float[] values = {1, 2, 3, 4};
        assertArrayEquals(new float[] {2, -1, 6, 1}, scaling.scaled(values));
        assertArrayEquals(new float[] {1, 2, 3, 4}, values);
    }

    @Test
    void levelsBecomeWhatPicturesBecomeToTheBit() {
        float[] levels = new float[256];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = level;
        }
        assertArrayEquals(CENTRED.table(), new ArrayScaling(List.of(CENTRED)).scaled(levels));
    }

    @Test
    void noneLeavesValuesAsTheyAre() {
        assertArrayEquals(new float[] {1, -0.0f, Float.NaN},
                ArrayScaling.NONE.scaled(new float[] {1, -0.0f, Float.NaN}));
    }

    @Test
    void memoryNeedsNoAlignment() {
        ArrayScaling scaling = new ArrayScaling(List.of(CENTRED));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocate(9);
            from.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 5, 255);
            MemorySegment to = MemorySegment.ofArray(new byte[5]).asSlice(1);
            scaling.scale(from, 5, to, 1);
            assertEquals(1, to.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> scaling.scale(from, 6, to, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> ArrayScaling.NONE.scale(from, 6, to, 1));
        }
    }

    @Test
    void scalingsOneAfterTheOtherAreOne() {
        assertEquals(new ChannelScaling(6, 7), new ChannelScaling(2, 1).then(new ChannelScaling(3, 4)));
        assertEquals(CENTRED, ChannelScaling.IDENTITY.then(CENTRED));
    }

    @Test
    void words() {
        assertEquals("the network's input as it is", ArrayScaling.NONE.inWords());
        assertEquals("raw, of which the model computes x * 0.007843138 - 1",
                new ArrayScaling(Collections.nCopies(3, CENTRED)).inWords());
        assertEquals("raw, of which the model computes x0 * 1 + 0, x1 * 2 - 0.5",
                new ArrayScaling(List.of(ChannelScaling.IDENTITY, new ChannelScaling(2, -0.5))).inWords());
        assertEquals("raw, of which the model computes x0 * 0 + 1, x1 * 1 + 0, x2 * 1 + 0 and so on",
                new ArrayScaling(List.of(new ChannelScaling(0, 1), ChannelScaling.IDENTITY, ChannelScaling.IDENTITY,
                        ChannelScaling.IDENTITY)).inWords());
    }
}
