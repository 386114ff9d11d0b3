package io.xceptionc.compiler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTypeTest {

    @Test
    void imagesAndVectorsAreWrittenAsListsOfTheirSizes() {
        assertEquals("[299, 298, 3]", TensorType.image(299, 298, 3).toString());
        assertEquals("[1000]", TensorType.vector(1000).toString());
    }

    @Test
    void anImageOfOnePixelIsNoVector() {
        assertNotEquals(TensorType.vector(5), TensorType.image(1, 1, 5));
    }

    @Test
    void countsPixelsAndElements() {
        TensorType image = TensorType.image(1 << 14, 1 << 14, 16);
        assertEquals(1 << 28, image.pixelCount());
        assertEquals(1L << 32, image.elementCount());
        assertEquals(1, TensorType.vector(5).pixelCount());
    }

    @Test
    void otherChannelsKeepTheKind() {
        assertEquals(TensorType.image(2, 3, 7), TensorType.image(2, 3, 4).withChannels(7));
        assertEquals(TensorType.vector(7), TensorType.vector(4).withChannels(7));
    }

    @Test
    void sizesArePositiveAndVectorsFlat() {
        assertThrows(IllegalArgumentException.class, () -> TensorType.image(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> TensorType.image(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> TensorType.vector(0));
        assertThrows(IllegalArgumentException.class, () -> new TensorType(2, 1, 1, true));
    }
}
