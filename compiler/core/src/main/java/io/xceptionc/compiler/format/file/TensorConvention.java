package io.xceptionc.compiler.format.file;

/** Whose names and layouts the tensors of a file have, where its format alone says so. */
public enum TensorConvention {
    /** Keras: kernels as {@code [height, width, in, out]}. */
    KERAS,
    /** PyTorch, and ONNX after it: kernels as {@code [out, in, height, width]}. */
    PYTORCH
}
