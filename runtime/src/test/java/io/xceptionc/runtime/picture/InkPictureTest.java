package io.xceptionc.runtime.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Four inks, against Pillow 13.0.0: {@code Image.open(file).convert("RGB").getpixel((4, 4))}. */
class InkPictureTest {

    /** {@code Image.new("CMYK", (8, 8), (200, 30, 90, 60)).save(file, quality=95)}. */
    private static final String CMYK =
            """
                    /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJ
                    CgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAE
                    EQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6
                    g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkA
                    SwAAPwD826/YSvpSv0Mr/9k=""";

    private static final int TRANSFORM_OFFSET = 17;

    private static int colour(int transform) throws PictureException {
        byte[] jpeg = Base64.getMimeDecoder().decode(CMYK);
        jpeg[TRANSFORM_OFFSET] = (byte) transform;
        return PictureFile.read(jpeg).getRGB(4, 4) & 0xffffff;
    }

    @Test
    void inksBecomeColoursAsInPillow() throws PictureException {
        assertEquals(42 << 16 | 172 << 8 | 126, colour(0));
    }

    @Test
    void lumaAndChromaOfInksBecomeColoursAsInPillow() throws PictureException {
        assertEquals(113 << 16 | 195 << 8 | 21, colour(2));
    }
}
