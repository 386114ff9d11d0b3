package io.xceptionc.examples.spark;

import io.xceptionc.runtime.image.ImageTensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Makes pictures of the bytes of their files, whatever those bytes are. */
final class PictureBytes {

    /** A longer file is not read at all. */
    static final long MOST_BYTES = 1 << 26;

    /** More would take a gigabyte of an executor for each of its tasks. */
    static final long MOST_PIXELS = 100_000_000;

    static {
        ImageIO.setUseCache(false); // an executor needs no temporary files for what is in memory already
    }

    private PictureBytes() {}

    /**
     * Reads the first picture of a file, in any format that ImageIO has a reader for.
     *
     * @throws BadPictureException if there is none, or it is damaged or too large
     */
    static BufferedImage read(byte[] bytes) throws BadPictureException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new BadPictureException("no picture of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return read(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) { // readers throw all sorts of them on damaged files
            throw new BadPictureException("damaged: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
        } catch (OutOfMemoryError e) {
            throw new BadPictureException("takes more memory than the executor has left");
        }
    }

    private static BufferedImage read(ImageReader reader) throws BadPictureException, IOException {
        int longestSide = Math.max(reader.getWidth(0), reader.getHeight(0));
        if (longestSide > ImageTensor.MAXIMUM_PICTURE_SIDE) {
            throw new BadPictureException("a side of " + longestSide + " pixels; it may have at most "
                    + ImageTensor.MAXIMUM_PICTURE_SIDE);
        }
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new BadPictureException(pixels + " pixels; at most " + MOST_PIXELS + " are read");
        }
        return reader.read(0);
    }
}
