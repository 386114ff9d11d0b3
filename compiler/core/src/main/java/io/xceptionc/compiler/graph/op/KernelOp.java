package io.xceptionc.compiler.graph.op;

/** An operator for which code can be emitted. */
public sealed interface KernelOp extends Op permits Convolution, StandaloneOp {}
