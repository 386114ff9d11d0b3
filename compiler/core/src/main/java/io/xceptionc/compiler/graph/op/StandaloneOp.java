package io.xceptionc.compiler.graph.op;

/** A kernel operator that takes in nothing of what surrounds it, unlike a {@link Convolution}. */
public sealed interface StandaloneOp extends KernelOp permits
        Input,
        Output,
        Pool2d,
        GlobalPool2d,
        Activate,
        Add,
        Multiply,
        Subtract,
        Maximum,
        Minimum,
        Average,
        Affine,
        Prelu,
        Softmax,
        LogSoftmax,
        ReduceChannels,
        Concat,
        ZeroPad2d,
        Crop2d,
        Resize2d,
        Pad2d,
        SliceChannels,
        ShuffleChannels,
        RepeatChannels,
        Flatten {}
