package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.runtime.ModelOutput.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelOutputTest {

    @Test
    void aPixelIsOfTheClassWithTheGreatestScore() {
        ModelOutput image = new ModelOutput("mask", Kind.IMAGE, List.of(2, 2, 3), List.of("sky", "road", "tree"));
        assertArrayEquals(new int[] {2, 0, 1, 0},
                image.classMap(new float[] {0, 1, 2, 5, 5, 1, -3, -1, -2, 1, 0, 0}));
        assertEquals("road", image.classLabel(1));
        assertEquals("tree", image.label(5));
    }

    @Test
    void oneChannelSaysWhetherSomethingIsThere() {
        ModelOutput image = new ModelOutput("mask", Kind.IMAGE, List.of(1, 3, 1), List.of());
        assertArrayEquals(new int[] {0, 1, 1}, image.classMap(new float[] {0.49f, 0.5f, 1}));
        assertEquals("1", image.classLabel(1));
    }

    @Test
    void whatIsNoImageOfItsSizeIsRefused() {
        ModelOutput image = new ModelOutput("mask", Kind.IMAGE, List.of(1, 3, 1), List.of());
        assertEquals("a result of 2 elements, not 3",
                assertThrows(IllegalArgumentException.class, () -> image.classMap(new float[2])).getMessage());
    }

    @Test
    void aVectorIsOfClassesAndAnImageHasMoreThanAPixel() {
        assertEquals(Kind.CLASSES, ModelOutput.kindOf(List.of(10)));
        assertEquals(Kind.CLASSES, ModelOutput.kindOf(List.of(1, 1, 10)));
        assertEquals(Kind.IMAGE, ModelOutput.kindOf(List.of(1, 2, 10)));
    }

    @Test
    void labelsAreOfElementsOrOfChannels() {
        assertEquals("2 labels for [3]", assertThrows(IllegalArgumentException.class,
                () -> new ModelOutput("age", Kind.CLASSES, List.of(3), List.of("a", "b"))).getMessage());
        assertEquals("2 labels for [4, 4, 3]", assertThrows(IllegalArgumentException.class,
                () -> new ModelOutput("age", Kind.IMAGE, List.of(4, 4, 3), List.of("a", "b"))).getMessage());
        assertEquals("an output of [0] is none that can be", assertThrows(IllegalArgumentException.class,
                () -> new ModelOutput("age", Kind.CLASSES, List.of(0), List.of())).getMessage());
    }

    @Test
    void oneChannelHasLabelsOfItsClasses() {
        List<Integer> shape = List.of(1, 3, 1);
        ModelOutput one = new ModelOutput("mask", Kind.IMAGE, shape, List.of("cat"));
        assertEquals(List.of("0", "cat"), List.of(one.classLabel(0), one.classLabel(1)));
        assertEquals("cat", one.label(2));
        ModelOutput both = new ModelOutput("mask", Kind.IMAGE, shape, List.of("ground", "cat"));
        assertEquals(List.of("ground", "cat"), List.of(both.classLabel(0), both.classLabel(1)));
        assertEquals("0", both.label(2));
        ModelOutput numbers = new ModelOutput("mask", Kind.IMAGE, shape, List.of("a", "b", "c"), PixelRule.NUMBER);
        assertEquals(List.of(new ClassShare(2, "c", 2.0 / 3), new ClassShare(0, "a", 1.0 / 3)),
                numbers.shares(new float[] {2, 0, 2}));
    }

    @Test
    void severalChannelsHaveNoThreshold() {
        assertEquals("pixels of [1, 3, 2] are not told apart by 0.5", assertThrows(IllegalArgumentException.class,
                () -> new ModelOutput("mask", Kind.IMAGE, List.of(1, 3, 2), List.of(), PixelRule.PROBABILITY))
                .getMessage());
        assertEquals("a threshold is finite, not NaN",
                assertThrows(IllegalArgumentException.class, () -> PixelRule.parse("NaN")).getMessage());
    }
}
