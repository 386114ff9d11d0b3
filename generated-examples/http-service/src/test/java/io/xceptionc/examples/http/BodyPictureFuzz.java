package io.xceptionc.examples.http;

/** Fuzzes the reader of pictures that are bodies of requests. */
public final class BodyPictureFuzz {

    private BodyPictureFuzz() {}

    /** Reads bytes as a picture. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            PictureReader.read(input).getRGB(0, 0);
        } catch (RequestProblem _) {
            // What is answered with words.
        }
    }
}
