package io.xceptionc.compiler.format.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

    private static final String HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    private static final float[] ELEMENTS = {1, -2.5f, 3e10f, 4e-42f, Float.NaN, Float.NEGATIVE_INFINITY};

    @TempDir
    private Path folder;

    /** The bytes of an array in the way that NumPy writes them. */
    private static byte[] bytes(String header, int version, float... elements) {
        int start = version == 1 ? 10 : 12;
        int headerBytes = Math.ceilDiv(start + header.length() + 1, 64) * 64 - start;
        ByteBuffer bytes = ByteBuffer.allocate(start + headerBytes + elements.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN).put("\u0093NUMPY".getBytes(ISO_8859_1)).put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) headerBytes);
        } else {
            bytes.putInt(headerBytes);
        }
        bytes.put((header + " ".repeat(headerBytes - header.length() - 1) + "\n").getBytes(ISO_8859_1));
        for (float element : elements) {
            bytes.putFloat(element);
        }
        return bytes.array();
    }

    private NpyFile open(byte[] bytes) throws ArrayFileException, IOException {
        return NpyFile.open(Files.write(folder.resolve("array.npy"), bytes));
    }

    private String problem(byte[] bytes) {
        return assertThrows(ArrayFileException.class, () -> open(bytes).close()).getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersionPieceByPiece(int version) throws ArrayFileException, IOException {
        try (NpyFile array = open(bytes(HEADER, version, ELEMENTS))) {
            float[] last = new float[4];
            array.read(2, MemorySegment.ofArray(last));
            assertEquals(List.of(2, 3), array.shape());
            assertArrayEquals(Arrays.copyOfRange(ELEMENTS, 2, 6), last);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"shape":(6,),"fortran_order":False,"descr":"<f4"}            | [6]
            { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 1 , 6 ) } | [1, 6]
            {'descr': '<f4', 'fortran_order': False, 'shape': (6, 1, 1, 1, 1), } | [6, 1, 1, 1, 1]
            """)
    void acceptsWhatPythonReads(String header, String shape) throws ArrayFileException, IOException {
        try (NpyFile array = open(bytes(header, 1, ELEMENTS))) {
            assertEquals(shape, array.shape().toString());
        }
    }

    @Test
    void writesWhatNumpyWrites() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        NpyFile.writeHeader(List.of(2, 3), written);
        NpyFile.writeElements(ELEMENTS, written);
        assertArrayEquals(bytes(HEADER, 1, ELEMENTS), written.toByteArray());
    }

    @Test
    void writesAComma() throws ArrayFileException, IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        NpyFile.writeHeader(List.of(0), written);
        assertTrue(written.toString(ISO_8859_1).contains("'shape': (0,), }"), written.toString(ISO_8859_1));
        try (NpyFile array = open(written.toByteArray())) {
            assertEquals(List.of(0), array.shape());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    {'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } | holds '<f8' instead of little-endian float32; \
                    convert it: numpy.save(path, array.astype('<f4'))
                    {'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), } | holds '>f4' instead of little-endian float32; \
                    convert it: numpy.save(path, array.astype('<f4'))
                    {'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), } | is in Fortran order; \
                    convert it: numpy.save(path, numpy.ascontiguousarray(array))
                    {'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), } | is damaged: its shape [2, 4] takes 32 bytes, \
                    it has 24
                    {'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), } | is damaged: its shape [2, 2] takes 16 bytes, \
                    it has 24
                    {'descr': '<f4', 'fortran_order': False, 'shape': (999999999, 999999999, 999999999), } | is damaged: \
                    its shape [999999999, 999999999, 999999999] takes 9223372036854775807 bytes, it has 24
                    """)
    void tellsWhatIsWrong(String header, String problem) {
        assertEquals(problem, problem(bytes(header, 1, ELEMENTS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{'descr': '<f4'}", "[1, 2]",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': True}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,, 3), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999), }",
        "{'descr': '<f4', 'fortran_order': (1), 'shape': (2, 3), }",
        "{'descr': True, 'fortran_order': False, 'shape': (2, 3), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': '23', }",
        "{'descr': '<f4', 'fortran_order': False 'shape': (2, 3), }"})
    void refusesOtherHeaders(String header) {
        assertEquals("is damaged: its header is no array's: '" + header + "'", problem(bytes(header, 1, ELEMENTS)));
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = bytes(HEADER, 1, ELEMENTS);
        for (int length = 0; length < whole.length; length++) {
            problem(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refusesHeadersThatDeclareTooMuch() {
        byte[] whole = bytes(HEADER, 2, ELEMENTS);
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
        assertEquals("is damaged: its header of 4294967295 bytes is too long", problem(whole));
    }

    @Test
    void everyFlippedBitIsReadOrRefused() throws IOException {
        byte[] whole = bytes(HEADER, 1, ELEMENTS);
        for (int bit = 0; bit < 8 * 128; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try (NpyFile array = open(damaged)) {
                assertEquals(6, array.shape().stream().reduce(1, Math::multiplyExact));
            } catch (ArrayFileException e) {
                assertTrue(e.getMessage().matches("(is|holds) .*"), e.getMessage());
            }
        }
    }
}
