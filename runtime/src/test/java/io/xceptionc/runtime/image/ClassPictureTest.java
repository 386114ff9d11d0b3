package io.xceptionc.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassPictureTest {

    /** The colours that PASCAL VOC's twenty classes and its void have in the challenge's own files. */
    @Test
    void coloursAreThoseOfVoc() {
        int[] first = {0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080, 0x400000,
            0xc00000, 0x408000, 0xc08000, 0x400080, 0xc00080, 0x408080, 0xc08080, 0x004000, 0x804000, 0x00c000,
            0x80c000, 0x004080};
        for (int index = 0; index < first.length; index++) {
            assertEquals(first[index], ClassPicture.colour(index), "class " + index);
        }
        assertEquals(0xe0e0c0, ClassPicture.colour(ClassPicture.UNSEEN));
        assertEquals(256, IntStream.range(0, 256).map(ClassPicture::colour).distinct().count());
    }

    /** Grey of 100 stays 100, though Java would brighten it. */
    @Test
    void aGreyPictureIsReadByItsLevels() {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        grey.getRaster().setSample(1, 0, 0, 100);
        BufferedImage over = ClassPicture.over(grey, new byte[] {(byte) ClassPicture.UNSEEN, 1}, 1, 2);
        assertEquals(0xff646464, over.getRGB(0, 0));
        assertEquals(0xff723232, over.getRGB(1, 0));
    }
}
