package io.xceptionc.compiler.graph.op;

/** An operator that the passes rewrite; none is left when memory is planned. */
public sealed interface TransientOp extends Op
        permits BatchNorm, ChannelScale, Dropout, Scale, ConvTranspose2d, DepthToSpace, SpaceToDepth {}
