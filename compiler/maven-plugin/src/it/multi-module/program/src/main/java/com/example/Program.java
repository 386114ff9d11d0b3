package com.example;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.kernel.Network;
import java.util.List;
import xceptionc.model.pair.Pair;
import xceptionc.model.sum.Sum;

/** Uses a model of its own and one of another module. */
public final class Program {

    private Program() {}

    public static void main(String[] arguments) {
        for (Class<? extends Network> model : List.of(Pair.class, Sum.class)) {
            CompiledModel.open(model, OpenOptions.DEFAULT).close();
        }
    }
}
