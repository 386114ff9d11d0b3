package io.xceptionc.runtime.image;

/**
 * How a resized pixel is computed from the pixels of the picture, in the sense of Pillow's {@code Image.resize} but for
 * one.
 *
 * <p>Bilinear and bicubic are antialiased: when an axis shrinks, the filter widens by the same factor, so every pixel
 * of the picture counts. See Pillow, "Concepts: Filters".
 */
public enum Interpolation {
    /** The pixel under the centre of the resized pixel. */
    NEAREST,

    /** The triangle filter, one pixel to each side. */
    BILINEAR,

    /**
     * The two nearest pixels of each axis, also when it shrinks: OpenCV's {@code INTER_LINEAR}, TensorFlow's
     * {@code tf.image.resize} and Keras' {@code image_dataset_from_directory}, to one level of 255.
     */
    PLAIN_BILINEAR,

    /** The cubic convolution with a = -0.5, two pixels to each side. */
    BICUBIC
}
