package io.xceptionc.runtime.image;

import java.awt.image.BufferedImage;
import java.util.Collections;

/** Pictures and preprocessings that several tests use. */
final class TestPictures {
    private TestPictures() {}

    /** Returns a picture of the levels {@code [height, width, 3]}: red, green, blue. */
    static BufferedImage ofLevels(int height, int width, byte[] rgb) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        picture.getRaster().setDataElements(0, 0, width, height, rgb);
        return picture;
    }

    /** Returns a picture in which every pixel has the same colour. */
    static BufferedImage uniform(int height, int width, int rgb) {
        byte[] levels = new byte[height * width * 3];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) (rgb >> (16 - 8 * (i % 3)));
        }
        return ofLevels(height, width, levels);
    }

    /** Returns a preprocessing whose values are the levels 0 to 255. */
    static Preprocessing unscaled(
            int height, int width, Channels channels, Resize resize, Interpolation interpolation) {
        return new Preprocessing(
                height,
                width,
                channels,
                resize,
                interpolation,
                Collections.nCopies(channels.count(), new ChannelScaling(1, 0)));
    }
}
