package io.xceptionc.examples.http;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Writes pictures that are bodies of answers. */
final class PictureWriter {

    static {
        ImageIO.setUseCache(false); // no files for what lies in memory
    }

    private PictureWriter() {}

    /** A picture as PNG. */
    static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, "png", bytes)) {
                throw new IllegalStateException("this JVM writes no PNG");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
