/** Compares what a model computes with references: arrays, an interpreter, ONNX Runtime, its self-test. */
package io.xceptionc.cli.verify;
