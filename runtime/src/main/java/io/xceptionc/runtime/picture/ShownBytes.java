package io.xceptionc.runtime.picture;

/**
 * What a decoder is shown of a file: what makes the levels, and nothing else. Profiles, thumbnails, texts and further
 * pictures could only cost time and change the answer.
 *
 * @param bytes in the file's format
 * @param decoding how they become a picture
 */
record ShownBytes(ByteSource bytes, Decoding decoding) {

    /** How a decoder is used. */
    sealed interface Decoding {}

    /** As every ImageIO reader is, thinned where the picture is large. */
    record Plain() implements Decoding {}

    /**
     * Whole, into memory that counts what is written to it, for a decoder that may go over all pixels without reading;
     * then put on a black canvas.
     *
     * @param end a decoder that is past it in the end has made up what the file lacks
     */
    record Counted(int canvasWidth, int canvasHeight, int left, int top, long end) implements Decoding {}

    /** As the four inks that are stored, and made red, green and blue here. */
    record Inks(boolean ycck) implements Decoding {}

    /** Shows a decoder bytes without further ado. */
    static ShownBytes plain(ByteSource bytes) {
        return new ShownBytes(bytes, new Plain());
    }
}
