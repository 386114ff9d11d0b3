package io.xceptionc.compiler.graph.op;

/**
 * An operator whose every result depends on the elements at the same place only, so that it can write over one of its
 * first two inputs.
 */
public interface Elementwise {}
