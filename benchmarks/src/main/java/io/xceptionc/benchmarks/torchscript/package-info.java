/** Writes networks as TorchScript, the form in which PyTorch runs a network without Python. */
package io.xceptionc.benchmarks.torchscript;
