package io.xceptionc.compiler.emit.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.runtime.Storage;
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

    /** Kernel {@code [2, 34]}: row 0 counts from 1, row 1 from 35; strips of 16 columns, the last one of 2. */
    @Test
    void panelsHoldTheRowsOfTwoStripsOf16Columns() throws IOException {
        long small = constants.panels(counting(1, 2, 1, 3));
        assertArrayEquals(strips(strip(1, 2, 3), strip(4, 5, 6), strip(), strip()), floats(small, 64));
        float[] wide = floats(constants.panels(counting(2, 34)), 128);
        assertEquals(List.of(1f, 16f, 35f, 50f), List.of(wide[0], wide[15], wide[16], wide[31]), "first strip");
        assertEquals(List.of(17f, 32f, 51f, 66f), List.of(wide[32], wide[47], wide[48], wide[63]), "second strip");
        assertArrayEquals(strips(strip(33, 34), strip(67, 68), strip(), strip()),
                Arrays.copyOfRange(wide, 64, 128), "second panel");
    }

    private static float[] strip(float... values) {
        return Arrays.copyOf(values, 16);
    }

    private static float[] strips(float[]... strips) {
        float[] all = new float[strips.length * 16];
        for (int i = 0; i < strips.length; i++) {
            System.arraycopy(strips[i], 0, all, i * 16, 16);
        }
        return all;
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
        long panel = constants.groupedPanels(counting(1, 2, 1, 4), 2);
        assertArrayEquals(
                strips(strip(1, 2), strip(0, 0, 3, 4), strip(5, 6), strip(0, 0, 7, 8), strip(), strip(), strip(),
                        strip()),
                floats(panel, 128));
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

    /** The matrix of the paper, multiplied out. */
    @Test
    void winogradPanelsAreTheTransformedKernels() throws IOException {
        double[][] matrix = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
        int depth = 2;
        int columns = 35;
        Tensor kernel = counting(3, 3, depth, columns);
        long panels = constants.winogradPanels(kernel);
        float[] actual = floats(panels, 16 * depth * 64);
        for (int component = 0; component < 16; component++) {
            for (int k = 0; k < depth; k++) {
                for (int column = 0; column < 64; column++) {
                    double expected = 0;
                    for (int tap = 0; tap < 9 && column < columns; tap++) {
                        expected += matrix[component / 4][tap / 3] * matrix[component % 4][tap % 3]
                                * kernel.values()[(tap * depth + k) * columns + column];
                    }
                    int strip = (column / 32 * 16 + component) * 2 + column % 32 / 16;
                    int at = (strip * depth + k) * 16 + column % 16;
                    assertEquals((float) expected, actual[at], component + ", " + k + ", " + column);
                }
            }
        }
    }

    @Test
    void winogradPanelsStayFloats() {
        constants.winogradPanels(counting(3, 3, 2, 35));
        assertEquals(constants.byteSize(), constants.byteSize(Storage.BF16));
    }
}
