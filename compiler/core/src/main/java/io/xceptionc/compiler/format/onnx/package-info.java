/** ONNX models as weights files: what they say about their network, and their tensors. */
package io.xceptionc.compiler.format.onnx;
