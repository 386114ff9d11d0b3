package io.xceptionc.benchmarks.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBatchTest {

    /** Two images of two rows and three columns; the digits of a value are its image, row, column and channel. */
    private static final float[] CHANNELS_LAST = {
        1111, 1112, 1121, 1122, 1131, 1132, 1211, 1212, 1221, 1222, 1231, 1232,
        2111, 2112, 2121, 2122, 2131, 2132, 2211, 2212, 2221, 2222, 2231, 2232};
    private static final float[] CHANNELS_FIRST = {
        1111, 1121, 1131, 1211, 1221, 1231, 1112, 1122, 1132, 1212, 1222, 1232,
        2111, 2121, 2131, 2211, 2221, 2231, 2112, 2122, 2132, 2212, 2222, 2232};

    @TempDir
    private Path folder;

    @Test
    void movesChannelsToTheFront() {
        ImageBatch images = new ImageBatch(2, 2, 2, 3, FloatBuffer.wrap(CHANNELS_LAST));
        assertArrayEquals(CHANNELS_FIRST, images.channelsFirst().values().array());
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = folder.resolve("images");
        new ImageBatch(2, 2, 2, 3, FloatBuffer.wrap(CHANNELS_LAST)).write(file);
        assertEquals(FloatBuffer.wrap(CHANNELS_LAST), ImageBatch.read(file, 2, 2, 2, 3).values());
    }

    @Test
    void aBatchBeginsWithTheImageThatIsDrawnAlone() {
        FloatBuffer one = ImageBatch.noise(1, 3, 4, 5, 7).values();
        FloatBuffer two = ImageBatch.noise(2, 3, 4, 5, 7).values();
        assertEquals(one, two.slice(0, one.remaining()));
    }

    @Test
    void refusesTooFewValues() {
        FloatBuffer values = FloatBuffer.allocate(11);
        assertThrows(IllegalArgumentException.class, () -> new ImageBatch(1, 2, 2, 3, values));
    }
}
