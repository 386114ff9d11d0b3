package io.xceptionc.compiler.graph.op;

/** An operator whose every result depends on the elements at the same place only, so that it can write over an input. */
public sealed interface Elementwise extends StandaloneOp permits Activate, Add, Affine {}
