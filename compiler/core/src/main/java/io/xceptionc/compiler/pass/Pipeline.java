package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.TransientOp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Passes one after another, each of them checked.
 *
 * @param passes in the order in which they run
 */
public record Pipeline(List<Pass> passes) {

    /**
     * Every pass, each before those that profit from it: norms go into the convolutions while nothing stands between,
     * sums before the activations that follow them, paddings before and after the activations that stand in their
     * way, and what is left of scales when no other convolution can take them in.
     */
    public static final Pipeline STANDARD = new Pipeline(List.of(
            new RemoveIdentities(),
            new ExpandTransposed(),
            new LowerPixelShuffle(),
            new RecogniseDepthwise(),
            new FoldBatchNorm(),
            new LowerBatchNorm(),
            new MergePadding(),
            new FuseResidual(),
            new FuseActivation(),
            new RectifyInputs(),
            new MergePadding(),
            new FuseSeparable(),
            new ExpandMultiplier(),
            new ScaleInputs()));

    public Pipeline {
        passes = List.copyOf(passes);
    }

    /**
     * What a pass did.
     *
     * @param pass the pass's name
     * @param fired whether it changed anything
     * @param nodesBefore the number of nodes that it was given
     * @param nodesAfter the number of nodes that it left
     */
    public record Report(String pass, boolean fired, int nodesBefore, int nodesAfter) {}

    /**
     * What all passes did.
     *
     * @param graph the graph that can be emitted
     * @param reports one for each pass
     */
    public record Result(Graph graph, List<Report> reports) {

        public Result {
            reports = List.copyOf(reports);
        }
    }

    /**
     * The first passes only, and of the others those without which no code can be emitted: so a miscompile is
     * bisected.
     */
    public Pipeline stopAfter(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot stop after " + count + " passes");
        }
        List<Pass> rest = passes.subList(Math.min(count, passes.size()), passes.size());
        List<Pass> kept = new ArrayList<>(passes.subList(0, passes.size() - rest.size()));
        rest.stream().filter(Pass::isRequired).forEach(kept::add);
        return new Pipeline(kept);
    }

    /** {@link #run(Graph, BiConsumer)}, unobserved. */
    public Result run(Graph graph) {
        return run(graph, (pass, after) -> {
        });
    }

    /**
     * Runs all passes.
     *
     * @param observer is given each pass and the graph after it
     * @throws IllegalStateException if a pass fails or breaks the graph, or leaves an operator that cannot be emitted
     */
    public Result run(Graph graph, BiConsumer<Pass, Graph> observer) {
        List<Report> reports = new ArrayList<>();
        Graph current = graph;
        for (Pass pass : passes) {
            Graph next = applyChecked(pass, current);
            reports.add(new Report(pass.name(), next != current, current.nodes().size(), next.nodes().size()));
            observer.accept(pass, next);
            current = next;
        }
        return new Result(requireKernelOps(current), reports);
    }

    /**
     * The graph itself.
     *
     * @throws IllegalStateException if it has an operator that cannot be emitted
     */
    public static Graph requireKernelOps(Graph graph) {
        String left = graph.nodes().stream().filter(node -> node.op() instanceof TransientOp).map(Node::toString)
                .collect(Collectors.joining(", "));
        if (!left.isEmpty()) {
            throw new IllegalStateException(
                    "no pass has rewritten " + left + "; no code can be emitted for such an operator");
        }
        return graph;
    }

    /** One pass, checked. */
    static Graph applyChecked(Pass pass, Graph before) {
        try {
            Graph after = pass.apply(before).orElse(before);
            requireSameMeaning(before, after);
            return after;
        } catch (RuntimeException broken) {
            throw new IllegalStateException(
                    "pass " + pass.name() + " failed on '" + before.name() + "': " + broken.getMessage(), broken);
        }
    }

    private static void requireSameMeaning(Graph before, Graph after) {
        require(before.name().equals(after.name()), "it renamed the network to '" + after.name() + "'");
        require(outputs(before).equals(outputs(after)),
                "the output was " + outputs(before) + ", is " + outputs(after));
        Map<String, TensorType> types = before.nodes().stream().collect(Collectors.toMap(Node::name, Node::type));
        for (Node node : after.nodes()) {
            TensorType type = types.getOrDefault(node.name(), node.type());
            require(node.type().equals(type), "'" + node.name() + "' was " + type + ", is " + node.type());
        }
        Set<Node.Origin> lost = origins(before);
        lost.removeAll(origins(after));
        require(lost.isEmpty(), "it lost the layers " + lost.stream().map(Node.Origin::name).sorted().toList());
        Set<Node.Origin> invented = origins(after);
        invented.removeAll(origins(before));
        require(invented.isEmpty(),
                "it made up the layers " + invented.stream().map(Node.Origin::name).sorted().toList());
    }

    /** The types of all results, with their names where those matter. */
    private static String outputs(Graph graph) {
        return graph.outputs().stream()
                .map(node -> node.name().equals(Output.UNNAMED.name()) ? "" + node.type() : node.toString())
                .collect(Collectors.joining(", "));
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalStateException(problem);
        }
    }

    private static Set<Node.Origin> origins(Graph graph) {
        return graph.nodes().stream().flatMap(node -> node.origins().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
