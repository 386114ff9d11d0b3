package io.xceptionc.runtime.picture;

/** Which side of a picture is up. */
public enum PictureOrientation {

    /**
     * Turned and mirrored as the file says that it is meant to be seen: what Pillow's {@code exif_transpose} makes of
     * it.
     */
    UPRIGHT,

    /** As the rows are stored, which is how a camera was held. */
    STORED
}
