package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.emit.ModelEmitter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.jar.InMemoryCompilation;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.testing.FuzzedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fuzzes the way from a spec's text to Java source; what that is made of a sample of the specs, javac must take. */
public final class SourceFuzz {

    private static final Path NOWHERE = Path.of("no-such-folder", "fuzzed.yaml");
    private static final long MOST_PARAMETERS = 100_000;
    private static final int MOST_LAYERS = 60;

    /** Javac takes a hundred times as long as all before it. */
    private static final int ONE_IN = 64;

    private SourceFuzz() {}

    /** Takes bytes as a spec to source. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Optional<GeneratedModel> model = generated(text);
            if (model.isPresent() && Math.floorMod(text.hashCode(), ONE_IN) == 0) {
                requireJava(text, model.get());
            }
        } catch (InvalidInputException refused) {
            FuzzedFile.requireWords(refused);
        }
    }

    /** The source of a network; empty if it is a large one. */
    static Optional<GeneratedModel> generated(String text) throws InvalidInputException {
        FrontEnd front = FrontEnd.parse(NOWHERE, text, new Diagnostics());
        LoweredNetwork declared = front.declared(Optional.empty());
        if (Summary.of(declared).parameters() > MOST_PARAMETERS || declared.layers().size() > MOST_LAYERS) {
            return Optional.empty();
        }
        LoweredNetwork network = front.seeded(Optional.empty(), 1).network();
        front.signature(network, 1);
        Graph graph = Pipeline.STANDARD.run(network.graph()).graph();
        return Optional.of(ModelEmitter.emit(Planner.plan(graph), "fuzzed"));
    }

    /** Compiles the source of a network. */
    static void requireJava(String spec, GeneratedModel model) {
        List<InMemoryCompilation.Refusal> refusals = InMemoryCompilation.compile(model.sources()).refusals();
        if (!refusals.isEmpty()) {
            throw new AssertionError("javac refuses the source of\n" + spec + "\n" + refusals);
        }
    }
}
