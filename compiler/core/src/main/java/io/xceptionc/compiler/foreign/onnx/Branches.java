package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxGraph;
import io.xceptionc.compiler.format.onnx.OnnxModel;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.format.onnx.OnnxTensor;
import io.xceptionc.compiler.format.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * Puts the branch that is taken in the place of an {@code If} whose condition does not depend on the input's numbers.
 */
final class Branches {

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers = new ArrayList<>();
    private final NavigableSet<String> taken;

    private Branches(OnnxModel model) {
        this.taken = Splicing.names(model);
        this.initializers.addAll(model.initializers());
    }

    /** The nodes of a model that choose between branches. */
    static List<OnnxNode> choices(OnnxModel model) {
        return model.nodes().stream().filter(node -> node.operator().equals("If") && OnnxImport.isOwnDomain(node)
                && node.inputs().size() == 1).toList();
    }

    /**
     * The model with those branches that are taken; empty if none is known to be.
     *
     * @param conditions by the names of values, what is known of them
     */
    static Optional<OnnxModel> taken(OnnxModel model, Map<String, OnnxResult> conditions) {
        Branches branches = new Branches(model);
        boolean isSame = true;
        for (OnnxNode node : model.nodes()) {
            Optional<OnnxGraph> branch = choices(model).contains(node)
                    ? branch(node, conditions.get(node.inputs().getFirst()))
                    : Optional.empty();
            isSame &= branch.isEmpty();
            branch.ifPresentOrElse(graph -> branches.add(node, graph), () -> branches.nodes.add(node));
        }
        OnnxGraph graph = model.graph();
        return isSame
                ? Optional.empty()
                : Optional.of(model.of(new OnnxGraph(graph.name(), branches.nodes, branches.initializers,
                        graph.inputs(), graph.outputs())));
    }

    private static Optional<OnnxGraph> branch(OnnxNode node, OnnxResult condition) {
        if (!(condition instanceof Integers(List<Integer> _, List<Long> values)) || values.size() != 1) {
            return Optional.empty();
        }
        String name = values.getFirst() == 0 ? "else_branch" : "then_branch";
        return node.attributes().get(name) instanceof OnnxAttribute.Subgraph(OnnxGraph graph)
                && graph.outputs().size() == node.outputs().size() ? Optional.of(graph) : Optional.empty();
    }

    private void add(OnnxNode node, OnnxGraph branch) {
        Splicing splicing = new Splicing(node, taken, Map.of());
        for (OnnxTensor tensor : branch.initializers()) {
            splicing.own(tensor.name());
            initializers.add(new OnnxTensor(splicing.name(tensor.name()), tensor.type(), tensor.shape(),
                    tensor.storage()));
        }
        nodes.addAll(splicing.nodes(branch.nodes(), Map.of()));
        for (int i = 0; i < node.outputs().size(); i++) {
            OnnxValue result = branch.outputs().get(i);
            nodes.add(new OnnxNode("", "Identity", "", List.of(splicing.name(result.name())),
                    List.of(node.outputs().get(i)), Map.of()));
        }
    }
}
