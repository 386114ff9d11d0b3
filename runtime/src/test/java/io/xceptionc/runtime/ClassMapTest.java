package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.runtime.ModelOutput.Kind;
import io.xceptionc.runtime.image.ChannelScaling;
import io.xceptionc.runtime.image.Channels;
import io.xceptionc.runtime.image.Interpolation;
import io.xceptionc.runtime.image.PictureGrid;
import io.xceptionc.runtime.image.Preprocessing;
import io.xceptionc.runtime.image.Resize;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassMapTest {

    private static final ModelOutput TWO =
            new ModelOutput("ground", Kind.IMAGE, List.of(2, 2, 2), List.of("sky", "road"));
    /** Of the four pixels, row by row: sky by 3, road by 1, sky by 1, road by 3. */
    private static final float[] SCORES = {3, 0, 0, 1, 1, 0, 0, 3};

    private static ModelOutput mask(PixelRule rule, int columns) {
        return new ModelOutput("mask", Kind.IMAGE, List.of(1, columns, 1), List.of(), rule);
    }

    private static Preprocessing preprocessing(int height, int width, Resize resize) {
        return new Preprocessing(height, width, Channels.GREY, resize, Interpolation.BILINEAR,
                List.of(ChannelScaling.IDENTITY));
    }

    /** A digit for each pixel, {@code x} where it was not seen, a line for each row. */
    private static String text(ClassMap map) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                int index = map.classAt(row, column);
                text.append(index == ClassMap.UNSEEN ? "x" : Integer.toString(index));
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Test
    void ofTheImageItselfEachPixelHasItsGreatestChannel() {
        ClassMap map = ClassMap.of(TWO, SCORES);
        assertEquals("01\n01\n", text(map));
        assertEquals(List.of(new ClassShare(0, "sky", 0.5), new ClassShare(1, "road", 0.5)), map.shares());
    }

    /**
     * Sky less road is 3 - 4 t in the first row and 1 - 4 t in the second, with t from 0 at the left centre to 1 at the
     * right one. Eight columns lie at t = 0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1.
     */
    @Test
    void ofAPictureTheScoresAreBlendedBeforeTheClassIsTaken() {
        ClassMap map = ClassMap.of(TWO, SCORES, PictureGrid.of(2, 8, preprocessing(2, 2, new Resize.Exact())));
        assertEquals("00000111\n00011111\n", text(map));
        assertEquals(List.of(new ClassShare(1, "road", 0.5), new ClassShare(0, "sky", 0.5)), map.shares().reversed());
    }

    @Test
    void ofOneChannelTheRuleDecides() {
        float[] values = {-1, 0, 0.49f, 0.5f, 2.6f};
        assertEquals("00011\n", text(ClassMap.of(mask(PixelRule.PROBABILITY, 5), values)));
        assertEquals("01111\n", text(ClassMap.of(mask(PixelRule.LOGIT, 5), values)));
        assertEquals("00003\n", text(ClassMap.of(mask(PixelRule.NUMBER, 5), new float[] {-1, 0, 0.4f, 0.1f, 2.6f})));
        assertEquals("00001\n", text(ClassMap.of(mask(new PixelRule.AtLeast(0.75f), 5), values)));
    }

    @Test
    void numbersOfClassesAreNotBlended() {
        ClassMap map = ClassMap.of(mask(PixelRule.NUMBER, 2), new float[] {0, 4}, PictureGrid.of(1, 6,
                preprocessing(1, 2, new Resize.Exact())));
        assertEquals("000444\n", text(map));
    }

    /**
     * A picture of 4 x 8 becomes 4 x 8, of which the middle 4 x 4 are seen; the map has half that size. Sky less road
     * is 3 - 2 v - 4 t, for v and t of 0, 0.25, 0.75 and 1; where it is 0, the first class counts.
     */
    @Test
    void whatACropLeavesOutIsUnseen() {
        ClassMap map = ClassMap.of(TWO, SCORES, PictureGrid.of(4, 8, preprocessing(4, 4, new Resize.ShorterSide(4))));
        assertEquals("xx0001xx\nxx0011xx\nxx0011xx\nxx0011xx\n", text(map));
        assertEquals(List.of(new ClassShare(0, "sky", 9 / 16.0), new ClassShare(1, "road", 7 / 16.0)), map.shares());
    }

    /** A picture of 2 x 2 lies in the middle of an input of 4 x 4, which is black around it. */
    @Test
    void whatAPadAddsIsLeftOut() {
        float[] scores = {9, 9, 9, 9, 9, 1, 2, 9, 9, 3, 4, 9, 9, 9, 9, 9};
        ModelOutput numbers = new ModelOutput("n", Kind.IMAGE, List.of(4, 4, 1), List.of(), PixelRule.NUMBER);
        ClassMap map =
                ClassMap.of(numbers, scores, PictureGrid.of(2, 2, preprocessing(4, 4, new Resize.ShorterSide(2))));
        assertEquals("12\n34\n", text(map));
    }

    @Test
    void theImageIsIndexedInTheColoursOfVoc() {
        BufferedImage image = ClassMap.of(mask(PixelRule.NUMBER, 3), new float[] {0, 1, 15}).toImage();
        assertEquals(BufferedImage.TYPE_BYTE_INDEXED, image.getType());
        assertEquals(15, image.getRaster().getSample(2, 0, 0));
        assertEquals(0xff000000, image.getRGB(0, 0));
        assertEquals(0xff800000, image.getRGB(1, 0));
        assertEquals(0xffc08080, image.getRGB(2, 0));
        assertEquals(256, ((IndexColorModel) image.getColorModel()).getMapSize());
    }

    @Test
    void overAPictureClassesAreHalfTheirColour() {
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, 0x102030);
        picture.setRGB(1, 0, 0x102030);
        picture.setRGB(2, 0, 0xffffff);
        BufferedImage over = ClassMap.of(mask(PixelRule.NUMBER, 3), new float[] {0, 1, 2}).over(picture);
        assertEquals(0xff102030, over.getRGB(0, 0));
        assertEquals(0xff481018, over.getRGB(1, 0));
        assertEquals(0xff80c080, over.getRGB(2, 0));
        assertEquals("a picture of 3 x 1 pixels is not as large as classes of 2 x 1",
                assertThrows(IllegalArgumentException.class,
                        () -> ClassMap.of(mask(PixelRule.NUMBER, 2), new float[2]).over(picture)).getMessage());
    }

    @Test
    void whatTellsNoClassIsRefused() {
        assertEquals("output 'mask' holds NaN at element 1, of which no class can be told",
                assertThrows(ModelException.class,
                        () -> ClassMap.of(mask(PixelRule.LOGIT, 2), new float[] {0, Float.NaN})).getMessage());
        assertEquals("output 'mask' tells class 255; a map of classes has room for 255, from 0 on",
                assertThrows(ModelException.class,
                        () -> ClassMap.of(mask(PixelRule.NUMBER, 2), new float[] {254, 255})).getMessage());
        ModelOutput many = new ModelOutput("many", Kind.IMAGE, List.of(1, 2, 256), List.of());
        assertEquals("output 'many' tells class 255; a map of classes has room for 255, from 0 on",
                assertThrows(ModelException.class, () -> ClassMap.of(many, new float[512])).getMessage());
        ModelOutput vector = new ModelOutput("age", Kind.NUMBERS, List.of(2), List.of());
        assertEquals("output 'age' is no image [height, width, channels] but [2], so there is no class of each pixel",
                assertThrows(ModelException.class, () -> ClassMap.of(vector, new float[2])).getMessage());
        assertEquals("a result of 3 elements, not 2", assertThrows(IllegalArgumentException.class,
                () -> ClassMap.of(mask(PixelRule.LOGIT, 2), new float[3])).getMessage());
        assertThrows(IndexOutOfBoundsException.class,
                () -> ClassMap.of(mask(PixelRule.LOGIT, 2), new float[2]).classAt(0, 2));
    }
}
