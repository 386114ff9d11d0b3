/** Writes networks for others to run: ONNX. */
package io.xceptionc.compiler.export;
