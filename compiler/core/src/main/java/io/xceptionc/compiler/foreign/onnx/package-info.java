/** ONNX models as networks: each operator as those that the language has. */
package io.xceptionc.compiler.foreign.onnx;
