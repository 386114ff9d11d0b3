package io.xceptionc.examples.http;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures that are bodies of requests. */
final class PictureReader {

    /** What cameras take; a few bytes may declare thousands of times as many. */
    private static final long MOST_PIXELS = 50_000_000;

    private PictureReader() {}

    /**
     * Reads a picture.
     *
     * @throws RequestProblem if it is none, damaged or too large
     */
    static BufferedImage read(byte[] bytes) {
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw RequestProblem.wrong("the body is no picture of a format that Java reads, such as PNG or JPEG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                requirePixels(reader);
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (RequestProblem problem) {
            throw problem;
        } catch (IOException | RuntimeException damage) { // readers throw all sorts of them on damaged pictures
            throw RequestProblem.wrong("the picture is damaged: "
                    + Objects.requireNonNullElse(damage.getMessage(), damage.toString()));
        }
    }

    private static void requirePixels(ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw RequestProblem.wrong("the picture has " + pixels + " pixels; at most " + MOST_PIXELS + " are taken");
        }
    }
}
