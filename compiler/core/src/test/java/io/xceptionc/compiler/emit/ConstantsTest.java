package io.xceptionc.compiler.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.testing.Sketch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConstantsTest {

    private final Constants constants = new Constants();

    private ByteBuffer bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        constants.writeTo(bytes);
        assertEquals(constants.byteSize(), bytes.size());
        return ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private float[] floats(long byteOffset, int count) throws IOException {
        float[] values = new float[count];
        bytes().position((int) byteOffset).asFloatBuffer().get(values);
        return values;
    }

    /** A row of a block: some values, then zeros. */
    private static float[] row(float... values) {
        return Arrays.copyOf(values, 32);
    }

    private static float[] joined(float[]... rows) {
        float[] all = new float[rows.length * 32];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * 32, 32);
        }
        return all;
    }

    private static Tensor counting(Integer... shape) {
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i + 1;
        }
        return Sketch.tensor(List.of(shape), values);
    }

    @Test
    void vectorsArePaddedToBlocks() throws IOException {
        long vector = constants.vector(Optional.of(Sketch.tensor(List.of(3), 1, 2, 3)), 3);
        long none = constants.vector(Optional.empty(), 33);
        assertArrayEquals(row(1, 2, 3), floats(vector, 32));
        assertArrayEquals(new float[64], floats(none, 64));
        assertEquals(128 + 256, constants.byteSize());
    }

    @Test
    void panelsHoldTheRowsOf32Columns() throws IOException {
        long small = constants.panels(counting(1, 2, 1, 3));
        assertArrayEquals(joined(row(1, 2, 3), row(4, 5, 6)), floats(small, 64));
        long wide = constants.panels(counting(2, 34));
        float[] firstPanel = floats(wide, 64);
        assertEquals(1, firstPanel[0]);
        assertEquals(32, firstPanel[31]);
        assertEquals(35, firstPanel[32]);
        assertEquals(66, firstPanel[63]);
        assertArrayEquals(joined(row(33, 34), row(67, 68)), floats(wide + 256, 64));
    }

    @Test
    void tapsHoldTheChannelsOfABlock() throws IOException {
        long taps = constants.taps(counting(1, 2, 34, 1));
        float[] firstBlock = floats(taps, 64);
        assertEquals(1, firstBlock[0]);
        assertEquals(32, firstBlock[31]);
        assertEquals(35, firstBlock[32]);
        assertArrayEquals(joined(row(33, 34), row(67, 68)), floats(taps + 256, 64));
    }

    /** Two groups, each of 1 channel and 2 columns: columns 0 and 1 see channel 0, columns 2 and 3 channel 1. */
    @Test
    void groupedPanelsAreZeroWhereAColumnDoesNotSeeAChannel() throws IOException {
        long panel = constants.groupedPanel(counting(1, 2, 1, 4), 2, 0);
        assertArrayEquals(joined(row(1, 2), row(0, 0, 3, 4), row(5, 6), row(0, 0, 7, 8)), floats(panel, 128));
    }

    @Test
    void whatIsEqualIsStoredOnce() {
        Tensor kernel = counting(1, 1, 4, 4);
        long panels = constants.panels(kernel);
        long vector = constants.vector(Optional.empty(), 20);
        long size = constants.byteSize();
        assertEquals(panels, constants.panels(kernel));
        assertEquals(vector, constants.vector(Optional.empty(), 30));
        assertEquals(size, constants.byteSize());
    }

    @Test
    void sectionsAreAligned() {
        constants.vector(Optional.empty(), 1);
        assertEquals(0, constants.byteSize() % 64);
    }
}
