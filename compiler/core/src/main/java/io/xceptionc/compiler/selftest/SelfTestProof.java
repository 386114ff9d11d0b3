package io.xceptionc.compiler.selftest;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.weights.RoundedWeights;
import io.xceptionc.runtime.ExpectedValue;
import io.xceptionc.runtime.SelfTest;
import io.xceptionc.runtime.Storage;
import java.util.Optional;

/**
 * What a compilation tells of its own correctness: a self-test for the jar, and what is lost where weights are stored
 * with fewer digits than they have. A self-test is the meaning of the spec, before all passes; with fewer digits it is
 * that of the network after them, whose weights were rounded, and the distance between both is the loss.
 */
public final class SelfTestProof implements AutoCloseable {

    private final Storage storage;
    private final boolean selfTestWanted;
    private final Diagnostics diagnostics;
    private final Interpretation meaning;
    private Optional<Interpretation> stored = Optional.empty();
    private Optional<RoundedWeights> rounding = Optional.empty();

    /** Begins to interpret a network as its spec says. */
    public SelfTestProof(Graph graph, boolean selfTestWanted, Storage storage, Diagnostics diagnostics) {
        this.storage = storage;
        this.selfTestWanted = selfTestWanted;
        this.diagnostics = diagnostics;
        meaning = new Interpretation(graph, selfTestWanted || storage.isHalf());
    }

    /** The network after all passes with the weights that are stored; weights that cannot be stored are reported. */
    public Graph stored(Graph graph) {
        if (!storage.isHalf()) {
            return graph;
        }
        RoundedWeights rounded = RoundedWeights.of(graph, storage, diagnostics);
        rounding = Optional.of(rounded);
        stored = Optional.of(new Interpretation(rounded.graph(), true));
        return rounded.graph();
    }

    /** The self-test of the model; waits for the interpreter. */
    public Optional<SelfTest> selfTest(GeneratedModel model) {
        if (!selfTestWanted) {
            return Optional.empty();
        }
        return stored.isPresent() ? stored.get().selfTestOfSteps(model) : meaning.selfTest(model);
    }

    /** What the storage costs, of several outputs where it costs most; waits for the interpreter. */
    public Optional<StorageLoss> storageLoss() {
        return stored.map(interpretation -> {
            StorageLoss worst = null;
            for (int output = 0; output < meaning.results().size(); output++) {
                StorageLoss loss = loss(meaning.results().get(output), interpretation.results().get(output));
                worst = worst == null || loss.answerRelative() > worst.answerRelative() ? loss : worst;
            }
            return worst;
        });
    }

    private StorageLoss loss(double[] exact, double[] rounded) {
        double scale = Double.MIN_NORMAL;
        double loss = 0;
        for (int i = 0; i < exact.length; i++) {
            scale = Math.max(scale, ExpectedValue.magnitude(exact[i]));
            loss = Math.max(loss, ExpectedValue.distance(exact[i], rounded[i]));
        }
        return new StorageLoss(storage, rounding.orElseThrow().maxAbsolute(), rounding.orElseThrow().maxRelative(),
                loss, loss / scale);
    }

    @Override
    public void close() {
        stored.ifPresent(Interpretation::close);
        meaning.close();
    }
}
