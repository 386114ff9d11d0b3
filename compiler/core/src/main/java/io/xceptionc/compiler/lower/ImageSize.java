package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.language.attribute.ShapeType;

/**
 * Height and width of a network's input, given in place of the spec's.
 *
 * @param height rows
 * @param width columns
 */
public record ImageSize(int height, int width) {

    public ImageSize {
        if (height < 1 || width < 1 || Math.max(height, width) > ShapeType.SIDE.greatest()) {
            throw new IllegalArgumentException("height and width of an input must be " + ShapeType.SIDE.describe()
                    + ", not " + height + " and " + width);
        }
    }
}
