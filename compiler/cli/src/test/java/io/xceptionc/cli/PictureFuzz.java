package io.xceptionc.cli;

/** Fuzzes the reader of pictures of all formats. */
public final class PictureFuzz {

    private PictureFuzz() {}

    /** Reads bytes as a picture. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Pictures.read(FuzzedPath.with(input)).getRGB(0, 0);
        } catch (InputException refused) {
            FuzzedPath.requireWords(refused);
        }
    }
}
