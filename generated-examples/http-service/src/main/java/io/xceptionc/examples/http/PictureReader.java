package io.xceptionc.examples.http;

import io.xceptionc.runtime.picture.PictureException;
import io.xceptionc.runtime.picture.PictureFile;
import io.xceptionc.runtime.picture.PictureLimits;
import java.awt.image.BufferedImage;
import java.time.Duration;
import javax.imageio.ImageIO;

/** Reads pictures that are bodies of requests. */
final class PictureReader {

    /** What cameras take, in a time that others can wait. */
    private static final PictureLimits LIMITS =
            PictureLimits.USUAL.withPixels(50_000_000).withTime(Duration.ofSeconds(10));

    static {
        ImageIO.setUseCache(false); // for readers that open streams of their own
    }

    private PictureReader() {}

    /**
     * Reads a picture.
     *
     * @throws RequestProblem if it is none, damaged or too large
     */
    static BufferedImage read(byte[] bytes) {
        try {
            return PictureFile.read(bytes, LIMITS);
        } catch (PictureException problem) {
            throw RequestProblem.wrong("the body " + problem.problem());
        }
    }
}
