package com.example;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.OpenOptions;

/** A model that the project provides by itself. */
public final class Own implements ModelProvider {

    /** Made by the service loader. */
    public Own() {}

    @Override
    public String name() {
        return "own";
    }

    @Override
    public CompiledModel open(OpenOptions options) {
        return CompiledModel.open(com.example.one.Same.class, options);
    }
}
