package io.xceptionc.compiler.language.attribute;

/**
 * A number for each axis of an image.
 *
 * @param height for rows
 * @param width for columns
 */
public record Pair(int height, int width) {}
