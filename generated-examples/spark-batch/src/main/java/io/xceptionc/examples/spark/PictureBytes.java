package io.xceptionc.examples.spark;

import io.xceptionc.runtime.picture.PictureException;
import io.xceptionc.runtime.picture.PictureFile;
import io.xceptionc.runtime.picture.PictureLimits;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;

/** Makes pictures of the bytes of their files, whatever those bytes are. */
final class PictureBytes {

    /** A longer file is not read at all. */
    static final long MOST_BYTES = 1 << 26;

    /** More than cameras take; what is read of them takes less than a gigabyte of an executor for each of its tasks. */
    private static final PictureLimits LIMITS = PictureLimits.USUAL.withPixels(100_000_000);

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
        try {
            return PictureFile.read(bytes, LIMITS);
        } catch (PictureException e) {
            throw new BadPictureException(e.problem());
        }
    }
}
