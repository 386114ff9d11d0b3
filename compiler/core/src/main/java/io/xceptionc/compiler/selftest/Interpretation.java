package io.xceptionc.compiler.selftest;

import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.runtime.ExpectedValue;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.SelfTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;

/**
 * What the reference interpreter makes of the image of a self-test, computed beside the rest of a compilation, as it
 * takes longest: the interpreter's loops stay obvious, and the whole network is computed, not a part of it.
 */
public final class Interpretation implements AutoCloseable {

    /**
     * Large enough for errors of float32 after a hundred layers, small enough for every wrong instruction and weight
     * that matters.
     */
    static final double TOLERANCE = 1e-4;

    private static final SelfTest.Drawing DRAWING = SelfTest.Drawing.MOSTLY_EVEN;
    private static final long SEED = 1;
    private static final int MOST_ELEMENTS = 64;
    /** So that the self-test of the longest network stays below what a runtime reads. */
    private static final int MOST_ELEMENTS_OF_ALL = 1 << 18;
    private static final int MOST_ELEMENTS_OF_RESULT = 1 << 16;
    /** Where numbers cancel, float32 has no more digits than those of what they were computed from. */
    private static final double SMALLEST_PART_OF_INPUT_SCALE = 1e-2;

    /** The most operations that are interpreted, which takes a quarter of an hour or so. */
    public static final long MOST_OPERATIONS = 1L << 40;

    private final ExecutorService thread;
    private final Future<Map<String, ExpectedValue>> values;
    private final List<double[]> results = new ArrayList<>();

    /** Begins to interpret a network if that is wanted. */
    Interpretation(Graph graph, boolean wanted) {
        this(graph, wanted, Executors.defaultThreadFactory());
    }

    Interpretation(Graph graph, boolean wanted, ThreadFactory threads) {
        thread = Executors.newSingleThreadExecutor(threads);
        FutureTask<Map<String, ExpectedValue>> work =
                new FutureTask<>(() -> wanted ? interpret(graph) : Map.of());
        values = work;
        try {
            thread.execute(work);
        } catch (OutOfMemoryError refused) { // the system grants no thread
            work.run();
        }
    }

    /** How many operations it takes to interpret a network. */
    public static double operations(Graph graph) {
        return graph.nodes().stream().mapToDouble(node -> {
            int taps = node.op() instanceof Pool2d pool ? pool.window().tapCount() : 1;
            return (double) node.type().elementCount() * taps
                    + node.op().multiplyAccumulates(node.inputs().stream().map(Node::type).toList());
        }).sum();
    }

    /** The network's results, in the order of its outputs; waits for the interpreter. */
    List<double[]> results() {
        values();
        return List.copyOf(results);
    }

    private Map<String, ExpectedValue> interpret(Graph graph) {
        Map<Node, Double> scales = new HashMap<>();
        Map<String, ExpectedValue> values = new HashMap<>();
        float[] image = DRAWING.image(SEED, Math.toIntExact(graph.input().type().elementCount()));
        int mostElementsOfResult = MOST_ELEMENTS_OF_RESULT / graph.outputs().size();
        int mostElements = Math.clamp(MOST_ELEMENTS_OF_ALL / graph.nodes().size(), 1, MOST_ELEMENTS);
        ReferenceInterpreter.visit(graph, image, (node, elements) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            double smallest = node.inputs().stream().mapToDouble(scales::get).max().orElse(1);
            double scale = Math.max(greatest(elements),
                    Math.max(smallest * SMALLEST_PART_OF_INPUT_SCALE, Float.MIN_NORMAL));
            scales.put(node, scale);
            if (node.op() instanceof Output) {
                results.add(elements);
            }
            values.put(node.name(), ExpectedValue.of(node.name(), scale, elements, node.type().channels(),
                    node.op() instanceof Output ? mostElementsOfResult : mostElements));
        });
        return values;
    }

    private static double greatest(double[] elements) {
        return Arrays.stream(elements).map(ExpectedValue::magnitude).max().orElse(0);
    }

    /**
     * The self-test of a model that was made of the network; waits for the interpreter.
     *
     * @return empty if it is not wanted, or the result is beyond float32
     */
    Optional<SelfTest> selfTest(GeneratedModel model) {
        return selfTest(model, index -> model.values().get(index).layer());
    }

    /** The same where the network is the one that the model was made of, so that steps are called as its nodes. */
    Optional<SelfTest> selfTestOfSteps(GeneratedModel model) {
        return selfTest(model, index -> Optional.of(model.nodes().get(index)));
    }

    private Optional<SelfTest> selfTest(GeneratedModel model, IntFunction<Optional<String>> nodeName) {
        Map<String, ExpectedValue> ofLayers = values();
        if (!model.steps().stream().filter(ModelStep::isOutput).map(ModelStep::name).allMatch(ofLayers::containsKey)) {
            return Optional.empty();
        }
        List<ExpectedValue> ofSteps = new ArrayList<>();
        for (int i = 0; i < model.steps().size(); i++) {
            ModelStep step = model.steps().get(i);
            nodeName.apply(i).map(ofLayers::get).ifPresent(expected -> ofSteps.add(
                    new ExpectedValue(step.name(), expected.scale(), expected.stride(), expected.elements())));
        }
        return Optional.of(new SelfTest(DRAWING, SEED, TOLERANCE, ofSteps));
    }

    private Map<String, ExpectedValue> values() {
        try {
            return values.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error; // as where memory does not suffice
            }
            throw new IllegalStateException("the interpreter failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a network was interpreted", e);
        }
    }

    /** Ends it, even if nobody waits for what it computes any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
