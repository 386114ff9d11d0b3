package io.xceptionc.compiler.format.onnx;

/**
 * A stretch of a file.
 *
 * @param byteOffset where it begins
 * @param byteCount how long it is
 */
record Extent(long byteOffset, int byteCount) {}
