package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture in a frame is, to the bit, what Pillow's {@code ImageOps.pad} makes of it. */
class LetterboxTest {

    /** Interpolation, size before, size after, level of the frame, levels; {@code letterbox_goldens.py} writes them. */
    static List<String> goldens() throws IOException {
        try (InputStream stream = LetterboxTest.class.getResourceAsStream("letterbox.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isThatOfPillow(String golden) {
        String[] fields = golden.split(" ", -1);
        float[] actual = PlainBilinearTest.resized(PlainBilinearTest.sides(fields[1]),
                PlainBilinearTest.sides(fields[2]), new Resize.Letterbox(Integer.parseInt(fields[3])),
                Interpolation.valueOf(fields[0]));
        byte[] levels = new byte[actual.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (int) actual[i];
        }
        assertEquals(fields[4], HexFormat.of().formatHex(levels));
    }

    @Test
    void thereAreGoldens() throws IOException {
        assertEquals(6, goldens().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void levelsAreThoseOfBytes(int level) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Resize.Letterbox(level)).getMessage();
        assertTrue(message.equals("the frame's level must be from 0 to 255, is " + level), message);
    }
}
