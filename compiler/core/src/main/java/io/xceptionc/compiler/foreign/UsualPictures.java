package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.spec.InputSpec.Pictures;

/**
 * How networks of a family take pictures, by what their authors publish with them, where a file does not say.
 *
 * @param family who is meant, as {@code VGG of keras.applications}
 * @param pictures how
 * @param words the same in words, as {@code BGR, x - [103.939, 116.779, 123.68]}
 */
public record UsualPictures(String family, Pictures pictures, String words) {}
