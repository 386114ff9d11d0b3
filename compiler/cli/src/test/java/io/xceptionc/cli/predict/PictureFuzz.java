package io.xceptionc.cli.predict;

import io.xceptionc.cli.FuzzedPath;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.runtime.picture.PictureOrientation;

/** Fuzzes the reader of pictures of all formats. */
public final class PictureFuzz {

    private PictureFuzz() {}

    /** Reads bytes as a picture. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Pictures.read(FuzzedPath.with(input), PictureOrientation.UPRIGHT).getRGB(0, 0);
        } catch (InputException refused) {
            FuzzedPath.requireWords(refused);
        }
    }
}
