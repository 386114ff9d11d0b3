package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Properties;

/** Models that compute what {@link TinyNetwork} does, three times the input, and something else meanwhile. */
final class TinyNetworks {

    private static final String VALUE = "value.0 = 0 4 4 4 1 1 scale scale\n";

    private TinyNetworks() {}

    /** A model, on three threads, whose only step does something else before it computes. */
    static CompiledModel before(Runnable action, FaultyMemory memory) {
        return open(new TinyNetwork(0) {
            @Override
            public void runStep(int step, Frame frame, int part, int parts) {
                action.run();
                super.runStep(step, frame, part, parts);
            }
        }, memory);
    }

    /** A model of a network. */
    @SuppressWarnings("MustBeClosedChecker") // the model owns it
    static CompiledModel open(Network network, FaultyMemory memory) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TinyModel.METADATA + VALUE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Arena arena = memory.get();
        MemorySegment constants = arena.allocate(TinyModel.WEIGHTS.length, 64)
                .copyFrom(MemorySegment.ofArray(TinyModel.WEIGHTS));
        return new CompiledModel(ModelMetadata.of(properties, List.of()), network, arena, constants,
                OpenOptions.DEFAULT.withThreads(3), WarmUp.start(network, memory.withThreads()), memory.withThreads(),
                () -> {
                });
    }
}
