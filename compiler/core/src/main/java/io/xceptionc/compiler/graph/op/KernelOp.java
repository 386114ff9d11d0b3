package io.xceptionc.compiler.graph.op;

/** An operator for which code can be emitted. */
public sealed interface KernelOp extends Op
        permits Input, Output, Convolution, Pool2d, GlobalPool2d, Elementwise, Softmax, Concat, ZeroPad2d,
        RepeatChannels, Flatten {}
